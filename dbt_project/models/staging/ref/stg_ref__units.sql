-- Grain: one row per unit.
select * from {{ source('ref', 'units') }}
