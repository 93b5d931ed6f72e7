-- Grain: one row per thing judged (a nomination, a form, a dossier) and rule judged on it: completeness rules, criteria and
-- groups of criteria.
with fields as (
    select distinct
        rule_id,
        coalesce(of, 'self') as of,
        unnest([
            field,
            other,
            case when op like 'rating%' then 'rating' when op like 'award%' then 'award' end
        ]) as field
    from {{ ref('stg_ref__rule_nodes') }}
    union
    select nodes.rule_id, coalesce(nodes.of, 'self'), listed.value
    from {{ ref('stg_ref__leaf_values') }} as listed
    inner join {{ ref('stg_ref__rule_nodes') }} as nodes on listed.leaf_no = nodes.leaf_no
    where listed.kind = 'field'
),

judged as (
    select verdicts.subject_no, verdicts.v, verdicts.rule_no, trees.rule_id, trees.tree
    from {{ ref('int_rule_verdicts') }} as verdicts
    inner join {{ ref('stg_ref__rule_trees') }} as trees on verdicts.rule_no = trees.rule_no
),

used as (
    select
        verdicts.subject_no,
        verdicts.rule_id,
        to_json(list({
            'of': facts.of,
            'field': facts.field,
            'year': facts.year,
            'value': coalesce(facts.code, facts.number::varchar, facts.day::varchar, left(facts.text, 200)),
            'decision_no': facts.decision_no,
            'decision_date': facts.day,
            -- where it is not the nomination's own
            'file': facts.other_file,
            'sheet': facts.source_sheet,
            'cell': facts.cell
        } order by facts.of, facts.field, facts.year, facts.item, facts.source_sheet, facts.cell, facts.code,
            facts.number, facts.day, facts.text))::varchar as values_used,
        string_agg(distinct facts.cell, '; ' order by facts.cell) as source_cells
    from judged as verdicts
    inner join fields on verdicts.rule_id = fields.rule_id and fields.field is not null
    inner join {{ ref('int_facts') }} as facts
        on verdicts.subject_no = facts.subject_no
        and fields.field = facts.field
        and fields.of = facts.of
    group by verdicts.subject_no, verdicts.rule_id
),

-- a group is explained by what was found of its criteria
groups as (
    select verdicts.subject_no, verdicts.v, verdicts.rule_no, trees.rule_id
    from {{ ref('int_group_verdicts') }} as verdicts
    inner join {{ ref('stg_ref__rule_trees') }} as trees on verdicts.rule_no = trees.rule_no
),

parts as (
    select
        groups.subject_no,
        groups.rule_id,
        to_json(list({'rule': verdicts.rule_id, 'verdict': {{ verdict_word('verdicts.v') }}} order by verdicts.rule_id))::varchar
            as values_used
    from groups
    inner join (
        select distinct rule_id, criterion_id from {{ ref('stg_ref__rule_nodes') }} where op = 'criterion'
    ) as criteria on groups.rule_id = criteria.rule_id
    inner join judged as verdicts
        on groups.subject_no = verdicts.subject_no
        and criteria.criterion_id = verdicts.rule_id
    group by groups.subject_no, groups.rule_id
),

-- what was found of the conditions about which something was sent; what the others say without is in dim_conditions
leaves as (
    select
        verdicts.subject_no,
        nodes.rule_no,
        string_agg(split_part(nodes.node_id, '/', 2) || '=' || verdicts.v, ' ' order by nodes.node_no) as conditions
    from {{ ref('int_leaf_verdicts') }} as verdicts
    inner join {{ ref('stg_ref__rule_nodes') }} as nodes on verdicts.leaf_no = nodes.leaf_no
    where verdicts.v is not null
    group by verdicts.subject_no, nodes.rule_no
),

explained as (
    select
        verdicts.subject_no, verdicts.tree as kind, verdicts.rule_no, verdicts.rule_id, verdicts.v, used.values_used,
        used.source_cells
    from judged as verdicts
    left join used on verdicts.subject_no = used.subject_no and verdicts.rule_id = used.rule_id
    union all
    select groups.subject_no, 'group', groups.rule_no, groups.rule_id, groups.v, parts.values_used, null
    from groups
    left join parts on groups.subject_no = parts.subject_no and groups.rule_id = parts.rule_id
)

select
    subjects.about,
    subjects.subject_id,
    case when subjects.about = 'nomination' then subjects.subject_id end as nomination_id,
    subjects.programme_id,
    subjects.unit_code,
    explained.kind,
    explained.rule_id,
    {{ verdict_word('explained.v') }} as verdict,
    leaves.conditions,
    explained.values_used,
    explained.source_cells,
    subjects.source_file
from explained
inner join {{ ref('int_subjects') }} as subjects on explained.subject_no = subjects.subject_no
left join leaves on explained.subject_no = leaves.subject_no and explained.rule_no = leaves.rule_no
