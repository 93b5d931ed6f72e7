-- Grain: one row per node of a rule's tree.
select * from {{ source('ref', 'rule_nodes') }}
