-- Grain: one row per table, row and value that it counts.
select * from {{ ref('stg_ref__statistics_rows') }}
