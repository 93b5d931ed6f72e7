-- Grain: one row per table, column, award and recipient kind that it counts.
select * from {{ source('ref', 'statistics_columns') }}
