-- Grain: one row per post that leads a unit, and the word for that unit.
select * from {{ source('ref', 'head_positions') }}
