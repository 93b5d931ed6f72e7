-- Grain: one row per title and title whose decision of the year comes before.
select * from {{ source('ref', 'award_order') }}
