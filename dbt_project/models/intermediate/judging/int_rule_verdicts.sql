-- Grain: one row per case and completeness rule or criterion that applies to it: 0 fails, 1 unknown, 2 passes.
with leaves as (
    {{ all_leaves() }}
),

rules as (
    select distinct rule_no, rule_id, tree, about, field from {{ source('ref', 'rule_scopes') }} where tree <> 'group'
),

pairs as (
    select pairs.* from {{ ref('int_case_rules') }} as pairs semi join rules on pairs.rule_no = rules.rule_no
),

{{ judge_trees('pairs', 'leaves') }}

select
    pairs.case_no,
    rules.rule_id,
    rules.tree,
    rules.about,
    rules.field,
    -- what the council weighs, and what no data can tell, is unknown
    (case when roots.rule_no is not null then roots.v when rules.tree = 'criterion' then 1 end)::tinyint as v
from pairs
inner join rules on pairs.rule_no = rules.rule_no
left join roots on pairs.case_no = roots.case_no and pairs.rule_no = roots.rule_no
where (rules.tree = 'criterion' or roots.v is not null)
    and (not coalesce(roots.has_condition, false) or roots.applies = 2)
