-- Grain: one row per leaf about single values, and first of the subjects that are alike: present, signed, flag, in, num, gt_field, subject_given.
with asked as (
    select *
    from {{ ref('int_leaves') }}
    where op in ('in', 'num', 'gt_field', 'field_known', 'field_allows', 'mentions') and is_first_alike
),

wanted as (
    select
        node_no,
        list(value) filter (where kind = 'value') as wanted_values,
        list(value) filter (where kind = 'unknown_value') as unknown_values
    from {{ source('ref', 'rule_values') }}
    where kind in ('value', 'unknown_value')
    group by node_no
),

allowed as (
    -- collectives that a field is open to; a field that lists none is open to all
    select field_id, from_json(collective_types, '["VARCHAR"]') as types
    from {{ source('ref', 'fields') }}
    where collective_types is not null and collective_types <> '[]'
),

seen as (
    select
        asked.subject_no,
        asked.node_no,
        any_value(asked.op) as op,
        any_value(asked.aggregate) as aggregate,
        any_value(asked.min_value) as min_value,
        any_value(asked.min_exclusive) as min_exclusive,
        any_value(asked.max_value) as max_value,
        any_value(asked.field) as field,
        count(*) as given,
        count(*) filter (
            where (list_contains(wanted.wanted_values, facts.code) or list_contains(wanted.wanted_values, facts.slug))
        ) as is_in,
        count(*) filter (
            where (list_contains(wanted.unknown_values, facts.code) or list_contains(wanted.unknown_values, facts.slug))
        ) as is_unclear,
        count(*) filter (
            where len(list_filter(wanted.wanted_values, lambda w: contains(facts.slug, w))) > 0
        ) as mentions,
        count(facts.number) as numbers,
        sum(facts.number) as total,
        min(facts.number) as least,
        max(facts.number) as most,
        max(others.number) as most_of_other,
        count(facts.code) as coded,
        max(facts.slug) as slug,
        any_value(allowed.types) as allowed_types
    from asked
    inner join {{ ref('int_facts') }} as facts
        on asked.subject_no = facts.subject_no
        and asked.field = facts.field
        and facts.of = asked.of
        and (
            not asked.has_window
            or facts.year is null
            or facts.year between asked.first_year and asked.last_year
        )
    left join wanted on asked.node_no = wanted.node_no
    left join {{ ref('int_facts') }} as others
        on asked.op = 'gt_field'
        and asked.subject_no = others.subject_no
        and asked.other = others.field
        and asked.of = others.of
        and (not asked.has_window or others.year is null or others.year between asked.first_year and asked.last_year)
    left join {{ ref('int_subjects') }} as subjects
        on asked.op = 'field_allows' and asked.subject_no = subjects.subject_no
    left join allowed on subjects.field_id = allowed.field_id
    group by asked.subject_no, asked.node_no
)

select
    seen.subject_no,
    seen.node_no,
    case seen.op
        when 'mentions' then {{ two_valued('mentions > 0') }}
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

union all

select asked.subject_no, asked.node_no, 2
from {{ ref('int_leaves') }} as asked
where asked.op = 'subject_given'
    and asked.is_first_alike
    and exists (
        select 1 from {{ ref('int_facts') }} as facts where facts.subject_no = asked.subject_no and facts.of = asked.of
    )

union all

-- whether a value is there, signed, or said to be so: by far the most leaves
select
    subject_no,
    node_no,
    case any_value(op)
        when 'present' then {{ two_valued('bool_or(not is_no)') }}
        when 'field_present' then {{ kleene('bool_or(not is_no)', 'bool_or(is_no)') }}
        when 'signed' then {{ two_valued('bool_or(is_signed)') }}
        else
            case
                when bool_or(is_yes) = bool_or(is_no) then 1
                when bool_or(is_yes) = any_value(equals) then 2
                else 0
            end
    end
from (
    select
        facts.subject_no,
        nodes.node_no,
        nodes.op,
        nodes.equals,
        coalesce(facts.code = 'true', false) as is_yes,
        coalesce(facts.code = 'false', false) as is_no,
        coalesce(facts.code = 'signed', false) as is_signed
    from {{ ref('int_facts') }} as facts
    semi join {{ ref('int_alike') }} as firsts on facts.subject_no = firsts.like_no
    inner join (
        select rules.class_no, leaves.node_no, leaves.op, leaves.equals, leaves.field, coalesce(leaves.of, 'self') as of
        from {{ ref('int_class_rules') }} as rules
        inner join {{ source('ref', 'rule_nodes') }} as leaves on rules.rule_no = leaves.rule_no
        where leaves.op in ('present', 'field_present', 'signed', 'flag')
    ) as nodes
        on facts.class_no = nodes.class_no
        and facts.field = nodes.field
        and facts.of = nodes.of
)
group by subject_no, node_no
