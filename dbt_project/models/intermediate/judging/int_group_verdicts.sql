-- Grain: one row per case and group of criteria that decides on it: 0 fails, 1 unknown, 2 passes.
with groups as (
    select distinct rule_no, rule_id from {{ source('ref', 'rule_scopes') }} where tree = 'group'
),

pairs as (
    select pairs.* from {{ ref('int_case_rules') }} as pairs semi join groups on pairs.rule_no = groups.rule_no
),

leaves as (
    {{ all_leaves() }}
    union all
    select pairs.case_no, nodes.node_no, verdicts.v
    from pairs
    inner join {{ source('ref', 'rule_nodes') }} as nodes
        on pairs.rule_no = nodes.rule_no
        and nodes.op = 'criterion'
    inner join {{ ref('int_rule_verdicts') }} as verdicts
        on pairs.case_no = verdicts.case_no
        and nodes.criterion_id = verdicts.rule_id
),

{{ judge_trees('pairs', 'leaves') }}

select
    roots.case_no,
    groups.rule_id as group_id,
    -- a group that may or may not be the nominee's own decides nothing against it
    case when roots.has_condition and roots.applies = 1 and roots.v = 0 then 1 else roots.v end as v
from roots
inner join groups on roots.rule_no = groups.rule_no
where not roots.has_condition or roots.applies >= 1
