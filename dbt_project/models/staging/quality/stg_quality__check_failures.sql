-- Grain: one row per night, check and row outside its bounds.
select * from {{ source('quality', 'check_failures') }}
