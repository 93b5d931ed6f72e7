-- Grain: one row per finding that a person has settled.
select * from {{ source('ref', 'waivers') }}
