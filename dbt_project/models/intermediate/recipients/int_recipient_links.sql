-- Grain: one row per two keys (the smaller first) and reason to think them one recipient. is_certain: the reason joins them;
-- else it is a candidate, for a person to decide. A name alone is no reason. other_key NULL: too many share the name.
with
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

among as (
    select given.*
    from given
    semi join twice
        on given.name_key = twice.name_key
        and given.number = twice.number
        and given.decision_date = twice.decision_date
        and given.award_code = twice.award_code
),

shared as (
    select distinct
        among.recipient_key,
        among.recipient_kind,
        among.name_key,
        among.unit_code,
        {{ decision_key('among.decision_no') }} as decision_key,
        among.decision_date,
        among.award_code,
        among.is_told,
        keys.workplace_search,
        -- offices of one name stand in many workplaces: only those of one are compared
        case when among.recipient_kind = 'ca_nhan' then '' else keys.workplace_search end as place
    from among
    inner join {{ ref('int_recipient_keys') }} as keys on among.recipient_key = keys.recipient_key
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
        and one.place = other.place
        and one.decision_key = other.decision_key
        and one.decision_date = other.decision_date
        and one.award_code = other.award_code
        and one.unit_code < other.unit_code
),

births as (
    select distinct mentions.recipient_key, keys.name_key, mentions.born
    from {{ ref('int_recipient_mentions') }} as mentions
    inner join {{ ref('int_recipient_keys') }} as keys on mentions.recipient_key = keys.recipient_key
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

in_workplaces as (
    select name_key, workplace_search
    from {{ ref('int_recipient_keys') }}
    where recipient_kind = 'ca_nhan' and workplace_search <> ''
    group by name_key, workplace_search
    having count(*) between 2 and {{ policy('POL-RECIPIENT-CANDIDATES') }}::integer and min(unit_code) < max(unit_code)
),

of_workplaces as (
    select keys.recipient_key, keys.unit_code, keys.name_key, keys.workplace_search
    from {{ ref('int_recipient_keys') }} as keys
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

crowds as (
    select unit_code, name_search
    from {{ ref('int_recipient_keys') }}
    where unit_code in (select unit_code from kin union all select kin_code from kin)
    group by unit_code, name_search
    having count(*) > {{ policy('POL-RECIPIENT-CANDIDATES') }}::integer
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
    inner join {{ ref('int_recipient_keys') }} as one on kin.unit_code = one.unit_code
    inner join {{ ref('int_recipient_keys') }} as other
        on kin.kin_code = other.unit_code
        and one.recipient_kind = other.recipient_kind
        and one.name_key = other.name_key
        -- who comes after another has other workplaces; offices of one name stand in many
        and (one.recipient_kind <> 'tap_the' or one.workplace_search is not distinct from other.workplace_search)
    where not exists (
        select 1
        from crowds
        where crowds.name_search = one.name_search and crowds.unit_code in (one.unit_code, other.unit_code)
    )
),

found as (
    select * from by_decision
    union all
    select * from by_birth
    union all
    select * from by_dossier
    union all
    select * from other_unit
    union all
    select * from of_kin
    union all
    select recipient_key, other_key, reason, is_certain from {{ ref('int_recipient_namesakes') }}
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
