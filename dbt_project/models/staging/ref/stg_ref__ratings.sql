-- Grain: one row per scale of ratings and step of it.
select * from {{ source('ref', 'ratings') }}
