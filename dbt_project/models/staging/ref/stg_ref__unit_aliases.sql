-- Grain: one row per programme and other name of a unit.
select * from {{ source('ref', 'unit_aliases') }}
