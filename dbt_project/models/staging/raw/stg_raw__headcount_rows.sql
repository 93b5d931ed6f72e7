-- Grain: one row per year row of a headcount table.
select * from {{ source('raw', 'headcount_rows') }}
