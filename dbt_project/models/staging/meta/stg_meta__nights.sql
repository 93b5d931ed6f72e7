-- Grain: one row per run of a night.
select * from {{ source('meta', 'nights') }}
