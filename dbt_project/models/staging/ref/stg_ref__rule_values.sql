-- Grain: one row per node, kind and value it names.
select * from {{ source('ref', 'rule_values') }}
