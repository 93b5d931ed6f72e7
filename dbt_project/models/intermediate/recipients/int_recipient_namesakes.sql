-- Grain: one row per two keys of a unit (the smaller first) and reason in their names to think them one recipient, certain or not.
-- other_key NULL: too many share the name.
{{ config(meta={'by': 'unit'}) }}
with in_units as (
    -- one name, or one that lost its diacritics: only names that are told more than once are looked at
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

crowded as (
    select
        recipient_key as one,
        null::varchar as other,
        'crowded' as reason,
        false as is_certain
    from namesakes
    where people > {{ policy('POL-RECIPIENT-CANDIDATES') }}::integer and recipient_kind is distinct from 'tap_the'
),

-- where men and women are told apart, whoever is addressed as neither may be either
sexes as (
    select
        keys.unit_code,
        asides.bare_search,
        keys.workplace_search,
        min(asides.sex) < max(asides.sex) as has_both
    from {{ ref('int_recipient_asides') }} as asides
    inner join {{ ref('int_recipient_keys') }} as keys on asides.recipient_key = keys.recipient_key
    group by keys.unit_code, asides.bare_search, keys.workplace_search
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
        coalesce(sexes.has_both, false) as has_both_sexes
    from {{ ref('int_recipient_keys') }} as keys
    left join {{ ref('int_recipient_asides') }} as asides on keys.recipient_key = asides.recipient_key
    left join sexes
        on keys.unit_code = sexes.unit_code
        and asides.bare_search = sexes.bare_search
        and keys.workplace_search is not distinct from sexes.workplace_search
    where (keys.unit_code, coalesce(asides.bare_search, keys.name_search)) in (
        select (unit_code, bare_search) from {{ ref('int_recipient_asides') }}
    )
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
                and coalesce(one.sex = other.sex, not one.has_both_sexes)
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
    from {{ ref('int_recipient_keys') }} as one
    inner join {{ ref('int_recipient_keys') }} as other
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
    from {{ ref('int_recipient_keys') }} as keys
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
    select * from same_unit
    union all
    select * from crowded
)

select
    keys.unit_code,
    case when found.other is null then found.one else least(found.one, found.other) end as recipient_key,
    case when found.other is null then null else greatest(found.one, found.other) end as other_key,
    found.reason,
    bool_or(found.is_certain) as is_certain
from found
inner join {{ ref('int_recipient_keys') }} as keys on found.one = keys.recipient_key
where found.one is distinct from found.other
group by all
