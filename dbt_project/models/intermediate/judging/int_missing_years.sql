-- Grain: one row per subject and failed rule that asks for years: which were given, which not.
with asked as (
    select
        leaves.subject_no,
        verdicts.rule_no,
        leaves.leaf_no,
        leaves.op,
        leaves.field,
        leaves.of,
        leaves.scale,
        unnest(range(leaves.first_year, leaves.last_year + 1)) as year
    from {{ ref('int_leaves') }} as leaves
    inner join {{ ref('stg_ref__rule_nodes') }} as nodes on leaves.leaf_no = nodes.leaf_no
    inner join {{ ref('int_rule_verdicts') }} as verdicts
        on leaves.subject_no = verdicts.subject_no
        and nodes.rule_no = verdicts.rule_no
        and verdicts.v = 0
    where leaves.op in ('years_given', 'distinct_years')
        and leaves.first_year is not null
),

codes as (
    select leaf_no, list(value) as codes from {{ ref('stg_ref__leaf_values') }} where kind = 'code' group by leaf_no
),

told as (
    select
        asked.subject_no,
        asked.rule_no,
        asked.op,
        asked.year,
        bool_or(facts.subject_no is not null) as is_given
    from asked
    left join codes on asked.leaf_no = codes.leaf_no
    left join {{ ref('int_facts') }} as facts
        on asked.subject_no = facts.subject_no
        and asked.of = facts.of
        and asked.field = facts.field
        and asked.year = facts.year
        and (asked.scale is null or facts.scale is null or asked.scale = facts.scale)
        and (codes.codes is null or list_contains(codes.codes, '*') or list_contains(codes.codes, replace(facts.code, 'false:', '')))
    group by all
)

select
    subject_no,
    rule_no,
    coalesce(
        string_agg(distinct year::varchar, ', ' order by year::varchar)
            filter (where op = 'years_given' and not is_given),
        ''
    ) as missing_years,
    coalesce(
        string_agg(distinct year::varchar, ', ' order by year::varchar)
            filter (where op = 'distinct_years' and is_given),
        ''
    ) as given_years
from told
group by subject_no, rule_no
