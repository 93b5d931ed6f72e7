-- Grain: one row per rule and tree of it (applies, holds …).
select * from {{ source('ref', 'rule_trees') }}
