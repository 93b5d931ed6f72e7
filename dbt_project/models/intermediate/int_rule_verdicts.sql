-- Grain: one row per subject and completeness rule or criterion that applies to it: 0 fails, 1 unknown, 2 passes.
with leaves as (
    {{ all_leaves() }}
),

rules as (
    select distinct rule_no, rule_id, tree, about, field from {{ source('ref', 'rule_scopes') }} where tree <> 'group'
),

-- only trees of which something is known are judged subject by subject; subject 0, of which nothing is known,
-- stands for all others
touched as (
    select distinct leaves.subject_no, nodes.rule_no
    from leaves
    inner join {{ source('ref', 'rule_nodes') }} as nodes on leaves.node_no = nodes.node_no
    inner join rules on nodes.rule_no = rules.rule_no
    union all
    select 0, rule_no from rules
),

{{ judge_trees('touched', 'leaves') }},

bare as (
    select rule_no, applies, v, has_condition from roots where subject_no = 0
)

select
    pairs.subject_no,
    rules.rule_id,
    rules.tree,
    rules.about,
    rules.field,
    -- what the council weighs, and what no data can tell, is unknown
    (case
        when roots.rule_no is not null then roots.v
        when bare.rule_no is not null then bare.v
        when rules.tree = 'criterion' then 1
    end)::tinyint as v
from {{ ref('int_rule_pairs') }} as pairs
inner join rules on pairs.rule_no = rules.rule_no
left join roots on pairs.subject_no = roots.subject_no and pairs.rule_no = roots.rule_no
left join bare on pairs.rule_no = bare.rule_no
where (rules.tree = 'criterion' or case when roots.rule_no is not null then roots.v else bare.v end is not null)
    and (not coalesce(bare.has_condition, false)
        or case when roots.rule_no is not null then roots.applies else bare.applies end = 2)
