-- Grain: one row per rule of completeness.
select * from {{ source('ref', 'completeness_rules') }}
