-- Grain: one row per class of subjects and leaf that some of its rules asks; what many rules ask is asked once.
select distinct
    rules.class_no,
    nodes.leaf_no
from {{ ref('int_class_rules') }} as rules
inner join {{ ref('stg_ref__rule_nodes') }} as nodes on rules.rule_no = nodes.rule_no
where nodes.leaf_no is not null
