-- Grain: one row per subject and leaf about single values: present, signed, flag, in, num, gt_field, subject_given.
with asked as (
    select *
    from {{ ref('int_leaves') }}
    where op in (
        'present', 'field_present', 'signed', 'flag', 'in', 'num', 'gt_field', 'subject_given', 'field_known',
        'field_allows', 'mentions'
    )
),

wanted as (
    select
        node_id,
        list(value) filter (where kind = 'value') as wanted_values,
        list(value) filter (where kind = 'unknown_value') as unknown_values
    from {{ source('ref', 'rule_values') }}
    where kind in ('value', 'unknown_value')
    group by node_id
),

allowed as (
    -- collectives that a field is open to; a field that lists none is open to all
    select field_id, from_json(collective_types, '["VARCHAR"]') as types
    from {{ source('ref', 'fields') }}
    where collective_types is not null and collective_types <> '[]'
),

seen as (
    select
        asked.subject_id,
        asked.node_id,
        any_value(asked.op) as op,
        any_value(asked.equals) as equals,
        any_value(asked.aggregate) as aggregate,
        any_value(asked.min_value) as min_value,
        any_value(asked.min_exclusive) as min_exclusive,
        any_value(asked.max_value) as max_value,
        any_value(asked.field) as field,
        count(facts.subject_id) filter (where asked.field = facts.field) as given,
        count(*) filter (where asked.field = facts.field and facts.code is distinct from 'false') as not_denied,
        count(*) filter (where asked.field = facts.field and facts.code = 'signed') as signed,
        count(*) filter (where asked.field = facts.field and facts.code = 'true') as said_yes,
        count(*) filter (where asked.field = facts.field and facts.code = 'false') as said_no,
        count(*) filter (
            where asked.field = facts.field
                and (list_contains(wanted.wanted_values, facts.code) or list_contains(wanted.wanted_values, facts.slug))
        ) as is_in,
        count(*) filter (
            where asked.field = facts.field
                and (list_contains(wanted.unknown_values, facts.code) or list_contains(wanted.unknown_values, facts.slug))
        ) as is_unclear,
        count(*) filter (
            where asked.field = facts.field
                and len(list_filter(wanted.wanted_values, lambda w: contains(facts.slug, w))) > 0
        ) as mentions,
        count(facts.number) filter (where asked.field = facts.field) as numbers,
        sum(facts.number) filter (where asked.field = facts.field) as total,
        min(facts.number) filter (where asked.field = facts.field) as least,
        max(facts.number) filter (where asked.field = facts.field) as most,
        max(facts.number) filter (where asked.other = facts.field) as most_of_other,
        count(facts.code) filter (where asked.field = facts.field) as coded,
        max(facts.slug) filter (where asked.field = facts.field) as slug,
        any_value(allowed.types) as allowed_types
    from asked
    left join wanted on asked.node_id = wanted.node_id
    left join {{ ref('int_facts') }} as facts
        on asked.subject_id = facts.subject_id
        and (facts.field = asked.field or facts.field = asked.other or asked.op = 'subject_given')
        and facts.of = asked.of
        and (
            not asked.has_window
            or facts.year is null
            or facts.year between asked.first_year and asked.last_year
        )
    left join {{ ref('int_subjects') }} as subjects
        on asked.op = 'field_allows' and asked.subject_id = subjects.subject_id
    left join allowed on subjects.field_id = allowed.field_id
    group by asked.subject_id, asked.node_id
),

led as (
    select distinct subject_id, of from {{ ref('int_facts') }} where of <> 'self'
)

select
    seen.subject_id,
    seen.node_id,
    case seen.op
        when 'present' then {{ two_valued('not_denied > 0') }}
        when 'field_present' then {{ kleene('not_denied > 0', 'said_no > 0') }}
        when 'mentions' then {{ two_valued('mentions > 0') }}
        when 'signed' then {{ two_valued('signed > 0') }}
        when 'flag' then
            case
                when said_yes > 0 and said_no > 0 or said_yes + said_no = 0 then 1
                when (said_yes > 0) = equals then 2
                else 0
            end
        when 'in' then {{ kleene('is_in > 0', 'given > 0 and is_unclear = 0') }}
        when 'num' then
            case
                when numbers = 0 then 1
                when coalesce(case when aggregate = 'sum' then total else least end < min_value, false) then 0
                when coalesce(case when aggregate = 'sum' then total else least end <= min_exclusive, false) then 0
                when coalesce(case when aggregate = 'sum' then total else most end > max_value, false) then 0
                else 2
            end
        when 'gt_field' then
            case when least is null or most_of_other is null then 1 when least > most_of_other then 2 else 0 end
        when 'subject_given' then {{ two_valued('led.subject_id is not null') }}
        -- «Lĩnh vực» outside the list counts as free text when it says «khác»
        when 'field_known' then {{ two_valued("coded > 0 or slug like 'linh_vuc_khac%' or slug like 'khac%'") }}
        when 'field_allows' then
            case
                when allowed_types is null or slug is null then 1
                when list_contains(allowed_types, slug) then 2
                else 0
            end
    end as v
from seen
left join (select node_id, of from {{ source('ref', 'rule_nodes') }}) as nodes on seen.node_id = nodes.node_id
left join led on seen.op = 'subject_given' and seen.subject_id = led.subject_id and nodes.of = led.of
