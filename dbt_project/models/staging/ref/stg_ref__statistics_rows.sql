-- Grain: one row per table, row and value that it counts.
select * from {{ source('ref', 'statistics_rows') }}
