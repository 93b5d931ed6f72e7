-- Grain: one row: the month of the year before in which a statistical year begins.
select * from {{ ref('stg_ref__statistics_year') }}
