-- Grain: one row per group of criteria.
select * from {{ source('ref', 'criterion_groups') }}
