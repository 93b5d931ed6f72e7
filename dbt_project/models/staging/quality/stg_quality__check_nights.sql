-- Grain: one row per night, stage and check of a suite file.
select * from {{ source('quality', 'check_nights') }}
