-- Grain: one row per award.
select * from {{ source('ref', 'awards') }}
