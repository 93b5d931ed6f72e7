-- Grain: one row per subject and completeness rule or criterion that applies to it: 0 fails, 1 unknown, 2 passes.
with leaves as (
    {{ all_leaves() }}
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
    pairs.subject_id,
    pairs.rule_id,
    pairs.tree,
    pairs.about,
    pairs.field,
    -- what the council weighs, and what no data can tell, is unknown
    case when pairs.tree = 'criterion' and roots.rule_id is null then 1 else roots.v end as v
from {{ ref('int_rule_pairs') }} as pairs
left join roots on pairs.subject_id = roots.subject_id and pairs.rule_id = roots.rule_id
where pairs.tree <> 'group'
    and (pairs.tree = 'criterion' or roots.v is not null)
    and (not coalesce(roots.has_condition, false) or roots.applies = 2)
