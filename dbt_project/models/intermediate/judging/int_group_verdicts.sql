-- Grain: one row per subject and group of criteria that decides on it: 0 fails, 1 unknown, 2 passes.
with leaves as (
    -- the verdicts of criteria are leaves of groups
    select verdicts.subject_no, nodes.leaf_no, verdicts.v
    from {{ ref('int_rule_verdicts') }} as verdicts
    inner join {{ ref('stg_ref__rule_trees') }} as trees on verdicts.rule_no = trees.rule_no
    inner join {{ ref('stg_ref__rule_nodes') }} as nodes
        on trees.rule_id = nodes.criterion_id
        and nodes.op = 'criterion'
        and nodes.node_no = nodes.leaf_no
    union all
    select subject_no, leaf_no, v from {{ ref('int_leaf_verdicts') }}
),

{{ judge('leaves', "('group')") }}

select * from judged
