-- Grain: one row per table, column, award and recipient kind that it counts.
select * from {{ ref('stg_ref__statistics_columns') }}
