-- Grain: one row per step and condition of it.
select * from {{ source('ref', 'award_needs') }}
