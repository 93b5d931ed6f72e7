-- Grain: one row per subject and leaf about single values of which something was sent: present, signed, flag, in, num,
-- gt_field, subject_given.
with plain as (
    -- leaves about values of any year, by the class of subjects they are asked of: by far the most
    select
        rules.class_no,
        leaves.node_no,
        leaves.op,
        leaves.equals,
        coalesce(leaves.closed, false) as closed,
        leaves.field,
        coalesce(leaves.of, 'self') as of,
        wanted.wanted_values,
        wanted.unknown_values,
        from_json(nullif(fields.collective_types, '[]'), '["VARCHAR"]') as allowed_types
    from {{ ref('int_class_rules') }} as rules
    inner join {{ ref('stg_ref__rule_nodes') }} as leaves on rules.rule_no = leaves.rule_no
    inner join (
        select distinct class_no, field_id from {{ ref('int_subjects') }}
    ) as classes on rules.class_no = classes.class_no
    -- collectives that a field is open to; a field that lists none is open to all
    left join {{ ref('stg_ref__activity_fields') }} as fields on leaves.op = 'field_allows' and classes.field_id = fields.field_id
    left join (
        select
            node_no,
            list(value) filter (where kind = 'value') as wanted_values,
            list(value) filter (where kind = 'unknown_value') as unknown_values
        from {{ ref('stg_ref__rule_values') }}
        where kind in ('value', 'unknown_value')
        group by node_no
    ) as wanted on leaves.node_no = wanted.node_no
    where leaves.op in {{ plain_ops() }}
),

seen as (
    select
        facts.subject_no,
        plain.node_no,
        any_value(plain.op) as op,
        any_value(plain.equals) as equals,
        bool_or(plain.closed) as closed,
        bool_or(coalesce(facts.code = 'true', false)) as is_yes,
        bool_or(coalesce(facts.code = 'false', false)) as is_no,
        bool_or(coalesce(facts.code <> 'false', true)) as is_not_no,
        bool_or(coalesce(facts.code = 'signed', false)) as is_signed,
        bool_or(coalesce(
            list_contains(plain.wanted_values, facts.code) or list_contains(plain.wanted_values, facts.slug), false
        )) as is_in,
        bool_or(not coalesce(
            list_contains(plain.unknown_values, facts.code) or list_contains(plain.unknown_values, facts.slug), false
        )) as is_clear,
        bool_or(case when plain.op = 'mentions'
            then len(list_filter(plain.wanted_values, lambda w: contains(facts.slug, w))) > 0
        end) as mentions,
        max(facts.code) as code,
        max(facts.slug) as slug,
        any_value(plain.allowed_types) as allowed_types
    from {{ ref('int_facts') }} as facts
    inner join plain
        on facts.class_no = plain.class_no
        and facts.field = plain.field
        and facts.of = plain.of
    group by facts.subject_no, plain.node_no
),

asked as (
    select *
    from {{ ref('int_leaves') }}
    where op in ('num', 'gt_field')
),

measured as (
    select
        asked.subject_no,
        asked.node_no,
        any_value(asked.op) as op,
        any_value(asked.aggregate) as aggregate,
        any_value(asked.min_value) as min_value,
        any_value(asked.min_exclusive) as min_exclusive,
        any_value(asked.max_value) as max_value,
        any_value(asked.last_year - asked.first_year + 1) as span,
        count(distinct facts.year) filter (where facts.number is not null) as known_years,
        count(facts.number) filter (where facts.year is null) as undated,
        count(facts.number) as numbers,
        sum(facts.number) as total,
        min(facts.number) as least,
        max(facts.number) as most,
        max(others.number) as most_of_other
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
    left join {{ ref('int_facts') }} as others
        on asked.op = 'gt_field'
        and asked.subject_no = others.subject_no
        and asked.other = others.field
        and asked.of = others.of
        and (not asked.has_window or others.year is null or others.year between asked.first_year and asked.last_year)
    group by asked.subject_no, asked.node_no
)

select
    subject_no,
    node_no,
    case op
        when 'present' then {{ two_valued('is_not_no') }}
        when 'field_present' then {{ kleene('is_not_no', 'is_no') }}
        when 'signed' then {{ two_valued('is_signed') }}
        -- closed: what is not said is not so
        when 'flag' then case when is_yes = is_no then case when closed then 0 else 1 end when is_yes = equals then 2 else 0 end
        when 'in' then {{ kleene('is_in', 'is_clear') }}
        when 'mentions' then {{ two_valued('mentions') }}
        -- «Lĩnh vực» outside the list counts as free text when it says «khác»
        when 'field_known' then {{ two_valued("code is not null or slug like 'linh_vuc_khac%' or slug like 'khac%'") }}
        when 'field_allows' then
            case
                when allowed_types is null or coalesce(code, slug) is null then 1
                when list_contains(allowed_types, coalesce(code, slug)) then 2
                else 0
            end
    end as v
from seen

union all

select
    subject_no,
    node_no,
    case op
        when 'num' then
            case
                when numbers = 0 then 1
                when coalesce(case when aggregate = 'sum' then total else least end < min_value, false) then 0
                when coalesce(case when aggregate = 'sum' then total else least end <= min_exclusive, false) then 0
                when coalesce(case when aggregate = 'sum' then total else most end > max_value, false) then 0
                -- none of what may not happen: known only when every year is told, or all of them at once
                when max_value is not null and undated = 0 and coalesce(known_years < span, false) then 1
                else 2
            end
        else case when least is null or most_of_other is null then 1 when least > most_of_other then 2 else 0 end
    end
from measured

union all

select asked.subject_no, asked.node_no, 2
from {{ ref('int_leaves') }} as asked
where asked.op = 'subject_given'
    and exists (
        select 1 from {{ ref('int_facts') }} as facts where facts.subject_no = asked.subject_no and facts.of = asked.of
    )
