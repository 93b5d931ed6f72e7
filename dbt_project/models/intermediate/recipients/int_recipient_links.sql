-- Grain: one row per two keys (the smaller first) and reason to think them one recipient. is_certain: the reason joins them;
-- else it is a candidate, for a person to decide. A name alone is no reason. other_key NULL: too many share the name.
with keys as (
    select * from {{ ref('int_recipient_keys') }} where recipient_kind is not null
),

-- what a decision gave, as lists tell it and as records tell it
given as (
    select
        recipient_key,
        recipient_kind,
        name_key,
        unit_code,
        decision_no,
        replace(split_part(decision_no, '/', 1), ' ', '') as number,
        decision_date,
        award_code,
        false as is_told
    from {{ ref('int_award_events') }}
    where recipient_key is not null and decision_no is not null and decision_date is not null and award_code is not null

    union all

    select
        recipient_key,
        recipient_kind,
        name_key,
        unit_code,
        decision_no,
        replace(split_part(decision_no, '/', 1), ' ', ''),
        decision_date,
        code,
        true
    from {{ ref('int_recipient_told') }}
    where event_kind = 'award_told' and decision_no is not null and decision_date is not null and code is not null
),

-- few decisions give one award to one name under two keys: only those are looked at closely
twice as (
    select name_key, number, decision_date, award_code
    from given
    group by name_key, number, decision_date, award_code
    having min(recipient_key) < max(recipient_key)
),

shared as (
    select distinct
        given.recipient_key,
        given.recipient_kind,
        given.name_key,
        given.unit_code,
        {{ decision_key('given.decision_no') }} as decision_key,
        given.decision_date,
        given.award_code,
        given.is_told,
        keys.workplace_search
    from given
    inner join twice
        on given.name_key = twice.name_key
        and given.number = twice.number
        and given.decision_date = twice.decision_date
        and given.award_code = twice.award_code
    inner join keys on given.recipient_key = keys.recipient_key
),

in_unit as (
    select
        recipient_kind,
        name_key,
        unit_code,
        decision_key,
        decision_date,
        award_code,
        count(distinct case when is_told then recipient_key end) as told,
        count(distinct case when not is_told then recipient_key end) as listed
    from shared
    group by all
),

by_decision as (
    -- a unit's record and its list, each naming one such: the same one
    select told.recipient_key as one, listed.recipient_key as other, 'decision' as reason, true as is_certain
    from shared as told
    inner join shared as listed
        on told.recipient_kind = listed.recipient_kind
        and told.name_key = listed.name_key
        and told.unit_code = listed.unit_code
        and told.decision_key = listed.decision_key
        and told.decision_date = listed.decision_date
        and told.award_code = listed.award_code
    inner join in_unit
        on told.recipient_kind = in_unit.recipient_kind
        and told.name_key = in_unit.name_key
        and told.unit_code = in_unit.unit_code
        and told.decision_key = in_unit.decision_key
        and told.decision_date = in_unit.decision_date
        and told.award_code = in_unit.award_code
        and in_unit.told = 1
        and in_unit.listed = 1
    where told.is_told and not listed.is_told

    union all

    -- of two units: one where the workplace is one, too
    select
        one.recipient_key,
        other.recipient_key,
        case when one.workplace_search = other.workplace_search then 'decision_workplace' else 'decision_other_unit' end,
        coalesce(one.workplace_search = other.workplace_search, false)
    from shared as one
    inner join shared as other
        on one.recipient_kind = other.recipient_kind
        and one.name_key = other.name_key
        and one.decision_key = other.decision_key
        and one.decision_date = other.decision_date
        and one.award_code = other.award_code
        and one.unit_code < other.unit_code
    where one.recipient_kind = 'ca_nhan' or one.workplace_search = other.workplace_search
),

births as (
    select distinct mentions.recipient_key, keys.name_key, mentions.born
    from {{ ref('int_recipient_mentions') }} as mentions
    inner join keys on mentions.recipient_key = keys.recipient_key
    where mentions.born is not null and keys.recipient_kind = 'ca_nhan'
),

by_birth as (
    select one.recipient_key as one, other.recipient_key as other, 'born' as reason, true as is_certain
    from births as one
    inner join births as other
        on one.name_key = other.name_key
        and one.born = other.born
        and one.recipient_key < other.recipient_key
),

by_dossier as (
    -- what is attached to a nomination by name, where the dossier has no namesake
    select nominations.recipient_key as one, records.recipient_key as other, 'attached' as reason, true as is_certain
    from {{ ref('int_links') }} as links
    inner join {{ ref('int_recipient_mentions') }} as nominations
        on nominations.about = 'nomination'
        and links.subject_id = nominations.about_id
    inner join {{ ref('int_recipient_mentions') }} as records
        on records.about = 'record'
        and links.record_id = records.record_id
    where links.link = 'attached'
),

-- of one unit, one name, or one that lost its diacritics: only names that are told more than once are looked at
in_units as (
    select unit_code, name_search, count(*) as people
    from {{ ref('int_recipient_keys') }}
    group by unit_code, name_search
    having count(*) > 1
),

namesakes as (
    select keys.*, in_units.people
    from {{ ref('int_recipient_keys') }} as keys
    inner join in_units
        on keys.unit_code = in_units.unit_code
        and keys.name_search = in_units.name_search
),

same_unit as (
    select
        one.recipient_key as one,
        other.recipient_key as other,
        case
            when one.recipient_kind is null or other.recipient_kind is null then 'no_kind'
            when one.name_key <> other.name_key then 'no_diacritics'
            when one.workplace_search = other.workplace_search then 'spelling'
            when one.workplace_key is null or other.workplace_key is null then 'no_workplace'
            else 'other_workplace'
        end as reason,
        -- one workplace of a unit, written in two ways
        coalesce(one.recipient_kind = other.recipient_kind and one.name_key = other.name_key
            and one.workplace_search = other.workplace_search, false) as is_certain
    from namesakes as one
    inner join namesakes as other
        on one.unit_code = other.unit_code
        and one.name_search = other.name_search
        and one.recipient_key < other.recipient_key
        and coalesce(one.recipient_kind, other.recipient_kind, '') = coalesce(other.recipient_kind, one.recipient_kind, '')
    where one.people <= {{ policy('POL-RECIPIENT-CANDIDATES') }}::integer
        -- names that differ by diacritics are two names, unless one of them has none
        and (
            one.name_key = other.name_key
            or replace(one.name_key, ' ', '_') = one.name_search
            or replace(other.name_key, ' ', '_') = other.name_search
        )
        -- what a decision split is not put together again
        and not coalesce(
            one.recipient_kind = other.recipient_kind and one.name_key = other.name_key and one.workplace_key = other.workplace_key,
            false
        )
        -- offices of one name stand in many workplaces
        and (
            one.recipient_kind is distinct from 'tap_the'
            or one.workplace_search is not distinct from other.workplace_search
            or one.workplace_key is null
            or other.workplace_key is null
        )
),

in_workplaces as (
    select name_key, workplace_search
    from keys
    where recipient_kind = 'ca_nhan' and workplace_search <> ''
    group by name_key, workplace_search
    having count(*) between 2 and {{ policy('POL-RECIPIENT-CANDIDATES') }}::integer and min(unit_code) < max(unit_code)
),

of_workplaces as (
    select keys.recipient_key, keys.unit_code, keys.name_key, keys.workplace_search
    from keys
    inner join in_workplaces
        on keys.name_key = in_workplaces.name_key
        and keys.workplace_search = in_workplaces.workplace_search
    where keys.recipient_kind = 'ca_nhan'
),

other_unit as (
    select
        one.recipient_key as one,
        other.recipient_key as other,
        'other_unit' as reason,
        false as is_certain
    from of_workplaces as one
    inner join of_workplaces as other
        on one.name_key = other.name_key
        and one.workplace_search = other.workplace_search
        and one.unit_code < other.unit_code
),

-- bodies that speak of one another's people: one body in several programmes, and whoever came after another
kin as (
    select units.unit_code, others.unit_code as kin_code, 'same_body' as reason
    from {{ ref('stg_ref__units') }} as units
    inner join {{ ref('stg_ref__units') }} as others
        on units.agency_code = others.agency_code
        and units.unit_code < others.unit_code

    union all

    select distinct unit_code, standing_code, 'successor'
    from {{ ref('stg_ref__unit_standings') }}
    where unit_code <> standing_code
),

of_kin as (
    select
        one.recipient_key as one,
        other.recipient_key as other,
        kin.reason,
        -- told alike by one body, as if in one list
        kin.reason = 'same_body'
        and coalesce(one.workplace_search, '') = coalesce(other.workplace_search, '')
        and (one.workplace_search is not null or one.recipient_kind = 'tap_the') as is_certain
    from kin
    inner join keys as one on kin.unit_code = one.unit_code
    inner join keys as other
        on kin.kin_code = other.unit_code
        and one.recipient_kind = other.recipient_kind
        and one.name_key = other.name_key
        -- who comes after another has other workplaces; offices of one name stand in many
        and (one.recipient_kind <> 'tap_the' or one.workplace_search is not distinct from other.workplace_search)
    where not exists (
        select 1
        from in_units
        where in_units.people > {{ policy('POL-RECIPIENT-CANDIDATES') }}::integer
            and in_units.name_search = one.name_search
            and in_units.unit_code in (one.unit_code, other.unit_code)
    )
),

crowded as (
    select
        recipient_key as one,
        null::varchar as other,
        'crowded' as reason,
        false as is_certain
    from namesakes
    where people > {{ policy('POL-RECIPIENT-CANDIDATES') }}::integer and recipient_kind is distinct from 'tap_the'
),

-- a name that holds more than a name, beside the same name in the unit
bare as (
    select
        keys.recipient_key,
        keys.recipient_kind,
        keys.unit_code,
        keys.name_search,
        keys.workplace_search,
        asides.reason,
        asides.sex,
        asides.recipient_key is null or asides.is_post as is_name_or_post,
        coalesce(asides.bare_search, keys.name_search) as bare_search,
        -- where men and women are told apart, whoever is addressed as neither may be either
        min(asides.sex) over (
            partition by keys.unit_code, coalesce(asides.bare_search, keys.name_search), keys.workplace_search
        ) < max(asides.sex) over (
            partition by keys.unit_code, coalesce(asides.bare_search, keys.name_search), keys.workplace_search
        ) as has_both_sexes
    from {{ ref('int_recipient_keys') }} as keys
    left join {{ ref('int_recipient_asides') }} as asides on keys.recipient_key = asides.recipient_key
    where coalesce(asides.bare_search, keys.name_search) in (select bare_search from {{ ref('int_recipient_asides') }})
),

beside as (
    select
        one.recipient_key as one,
        other.recipient_key as other,
        one.reason,
        coalesce(one.workplace_search = other.workplace_search, false)
        and coalesce(one.recipient_kind, '') = coalesce(other.recipient_kind, '')
        and (
            -- one household of a place; of a man and a woman it is two
            (
                one.reason = 'household'
                and one.recipient_kind = 'gia_dinh'
                and coalesce(one.sex = other.sex, not coalesce(one.has_both_sexes, false))
            )
            -- what stands beside the name is a post, not what tells namesakes apart
            or (one.reason = 'aside' and one.is_name_or_post and other.is_name_or_post)
        ) as is_certain,
        count(*) over (partition by one.recipient_key) as alike
    from bare as one
    inner join bare as other
        on one.unit_code = other.unit_code
        and one.bare_search = other.bare_search
        and one.recipient_key <> other.recipient_key
        and one.name_search <> other.name_search
    -- a household is none of the people of its head's name
    where (
        one.reason = 'aside'
        and coalesce(one.recipient_kind, other.recipient_kind, '') = coalesce(other.recipient_kind, one.recipient_kind, '')
    )
    or (one.reason = 'household' and other.reason = 'household')
),

-- «Ng. T. Lan»: a name whose words are shortened with dots, beside those of the unit it may stand for
shortened as (
    select
        one.recipient_key as one,
        other.recipient_key as other,
        'shortened' as reason,
        false as is_certain,
        count(*) over (partition by one.recipient_key) as alike
    from keys as one
    inner join keys as other
        on one.unit_code = other.unit_code
        and one.recipient_kind = other.recipient_kind
        and one.recipient_key <> other.recipient_key
        and one.name_search <> other.name_search
        and regexp_matches(other.name_search, '^' || replace(one.name_search, '_', '[a-z]*_') || '$')
    where one.recipient_kind = 'ca_nhan' and contains(one.name_key, '.')
),

few_alike as (
    select
        one,
        case when alike <= {{ policy('POL-RECIPIENT-CANDIDATES') }}::integer then other end as other,
        case when alike <= {{ policy('POL-RECIPIENT-CANDIDATES') }}::integer then reason else 'crowded' end as reason,
        is_certain and alike <= {{ policy('POL-RECIPIENT-CANDIDATES') }}::integer as is_certain
    from (select * from beside union all select * from shortened)
),

-- «Phòng Hành chính Sở Y tế», «… thuộc Sở Y tế» beside «Phòng Hành chính» of Sở Y tế
joints as (
    select '_' as joint
    union all
    select '_' || {{ slug('word') }} || '_' from {{ ref('stg_ref__name_words') }} where kind = 'parent'
),

bodies as materialized (
    -- what is compared, once a name: of all names of a unit with one another it would be most of the night
    select
        keys.recipient_key,
        keys.unit_code,
        {{ place_key('keys.name_key') }} as name,
        {{ place_key("coalesce(nullif(keys.workplace_key, ''), units.name)") }} as parent
    from keys
    inner join {{ ref('stg_ref__units') }} as units on keys.unit_code = units.unit_code
    where keys.recipient_kind = 'tap_the'
),

with_parent as (
    select
        one.recipient_key as one,
        other.recipient_key as other,
        'with_parent' as reason,
        false as is_certain
    from bodies as other
    cross join joints
    inner join bodies as one
        on other.unit_code = one.unit_code
        and one.name = other.name || joints.joint || other.parent
),

found as (
    select * from with_parent
    union all
    select * from few_alike
    union all
    select * from by_decision
    union all
    select * from by_birth
    union all
    select * from by_dossier
    union all
    select * from same_unit
    union all
    select * from other_unit
    union all
    select * from of_kin
    union all
    select * from crowded
    union all
    select one, other, 'decided', true from {{ ref('stg_ref__recipient_joins') }} where is_join
)

select
    case when other is null then one else least(one, other) end as recipient_key,
    case when other is null then null else greatest(one, other) end as other_key,
    reason,
    bool_or(is_certain) as is_certain
from found
where one is distinct from other
group by all
