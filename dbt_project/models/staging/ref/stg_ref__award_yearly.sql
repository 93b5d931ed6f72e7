-- Grain: one row per title that is given once a year.
select * from {{ source('ref', 'award_yearly') }}
