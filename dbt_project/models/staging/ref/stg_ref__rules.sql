-- Grain: one row per rule.
select * from {{ source('ref', 'rules') }}
