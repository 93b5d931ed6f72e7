-- Grain: one row per cell and unit expected, with what the unit must reach.
select * from {{ source('ref', 'coverage_expected') }}
