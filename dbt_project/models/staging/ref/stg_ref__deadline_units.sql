-- Grain: one row per cell of coverage and unit its deadline holds for, with the last day of that unit.
select * from {{ source('ref', 'deadline_units') }}
