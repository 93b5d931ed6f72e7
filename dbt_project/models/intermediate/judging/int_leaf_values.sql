-- Grain: one row per subject and leaf about single values of which something was sent: present, signed, flag, in, num,
-- gt_field, subject_given.
with plain as (
    -- leaves about values of any year, by the class of subjects they are asked of: by far the most
    select
        asked.class_no,
        asked.leaf_no,
        leaves.op,
        leaves.equals,
        coalesce(leaves.closed, false) as closed,
        leaves.field,
        coalesce(leaves.of, 'self') as of,
        wanted.wanted_values,
        wanted.unknown_values,
        from_json(nullif(fields.collective_types, '[]'), '["VARCHAR"]') as allowed_types
    from {{ ref('int_class_leaves') }} as asked
    inner join {{ ref('stg_ref__rule_nodes') }} as leaves on asked.leaf_no = leaves.node_no
    inner join (
        select distinct class_no, field_id from {{ ref('int_subjects') }}
    ) as classes on asked.class_no = classes.class_no
    -- collectives that a field is open to; a field that lists none is open to all
    left join {{ ref('stg_ref__activity_fields') }} as fields on leaves.op = 'field_allows' and classes.field_id = fields.field_id
    left join (
        select
            leaf_no,
            list(value) filter (where kind = 'value') as wanted_values,
            list(value) filter (where kind = 'unknown_value') as unknown_values
        from {{ ref('stg_ref__leaf_values') }}
        where kind in ('value', 'unknown_value')
        group by leaf_no
    ) as wanted on asked.leaf_no = wanted.leaf_no
    where leaves.op in {{ plain_ops() }}
),

-- what each fact says of the leaf; a flag that is neither true nor false says nothing
said as (
    select
        facts.subject_no,
        plain.leaf_no,
        plain.op,
        plain.closed,
        case plain.op
            when 'present' then {{ two_valued("coalesce(facts.code, '') <> 'false'") }}
            when 'field_present' then {{ two_valued("coalesce(facts.code, '') <> 'false'") }}
            when 'signed' then {{ two_valued("facts.code = 'signed'") }}
            when 'flag' then
                case when facts.code in ('true', 'false') then {{ two_valued("(facts.code = 'true') = plain.equals") }} end
            when 'in' then
                case
                    when list_contains(plain.wanted_values, facts.code) then 2
                    when list_contains(plain.wanted_values, facts.slug) then 2
                    when list_contains(plain.unknown_values, facts.code) then 1
                    when list_contains(plain.unknown_values, facts.slug) then 1
                    else 0
                end
            when 'mentions' then
                {{ two_valued("len(list_filter(plain.wanted_values, lambda w: contains(facts.slug, w))) > 0") }}
            -- «Lĩnh vực» outside the list counts as free text when it says «khác»
            when 'field_known' then
                {{ two_valued("facts.code is not null or facts.slug like 'linh_vuc_khac%' or facts.slug like 'khac%'") }}
            when 'field_allows' then
                case
                    when plain.allowed_types is null or coalesce(facts.code, facts.slug) is null then 1
                    when list_contains(plain.allowed_types, coalesce(facts.code, facts.slug)) then 2
                    else 0
                end
        end as v
    from {{ ref('int_facts') }} as facts
    inner join plain
        on facts.class_no = plain.class_no
        and facts.field = plain.field
        and facts.of = plain.of
),

asked as (
    select *
    from {{ ref('int_leaves') }}
    where op in ('num', 'gt_field')
),

measured as (
    select
        asked.subject_no,
        asked.leaf_no,
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
    group by asked.subject_no, asked.leaf_no
)

select
    subject_no,
    leaf_no,
    case
        when any_value(op) = 'flag' and (max(v) is null or min(v) < max(v))
            -- closed: what is not said is not so
            then case when any_value(closed) then 0 else 1 end
        when max(v) = 2 then 2
        when min(v) = 0 then 0
        else 1
    end as v
from said
group by subject_no, leaf_no

union all

select
    subject_no,
    leaf_no,
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

select asked.subject_no, asked.leaf_no, 2
from {{ ref('int_leaves') }} as asked
where asked.op = 'subject_given'
    and exists (
        select 1 from {{ ref('int_facts') }} as facts where facts.subject_no = asked.subject_no and facts.of = asked.of
    )
