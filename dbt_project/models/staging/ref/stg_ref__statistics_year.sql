-- Grain: one row: the month in which a statistical year begins.
select * from {{ source('ref', 'statistics_year') }}
