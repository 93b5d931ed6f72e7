-- Grain: one row per nomination and group of criteria that decides on it: 0 fails, 1 unknown, 2 passes.
with criteria as (
    select verdicts.subject_id, nodes.node_id, verdicts.v
    from {{ ref('int_rule_pairs') }} as pairs
    inner join {{ source('ref', 'rule_nodes') }} as nodes
        on pairs.rule_id = nodes.rule_id
        and nodes.op = 'criterion'
    inner join {{ ref('int_rule_verdicts') }} as verdicts
        on pairs.subject_id = verdicts.subject_id
        and nodes.criterion_id = verdicts.rule_id
    where pairs.tree = 'group'
),

leaves as (
    select leaves.*
    from ({{ all_leaves() }}) as leaves
    inner join {{ source('ref', 'rule_nodes') }} as nodes on leaves.node_id = nodes.node_id
    where nodes.rule_id in (select rule_id from {{ source('ref', 'criterion_groups') }}
        inner join {{ source('ref', 'rule_scopes') }} on rule_id = group_id)
    union all
    select * from criteria
),

{{ judge_trees('leaves') }},

roots as (
    select
        level_0.subject_id,
        nodes.rule_id,
        max(level_0.v) filter (where nodes.node_id like '%/when') as applies,
        max(level_0.v) filter (where nodes.node_id like '%/test') as v,
        bool_or(nodes.node_id like '%/when') as has_condition
    from level_0
    inner join {{ source('ref', 'rule_nodes') }} as nodes on level_0.node_id = nodes.node_id
    where nodes.parent_id is null
    group by level_0.subject_id, nodes.rule_id
)

select
    subject_id,
    rule_id as group_id,
    -- a group that may or may not be the nominee's own decides nothing against it
    case when has_condition and applies = 1 and v = 0 then 1 else v end as v
from roots
where not has_condition or applies >= 1
