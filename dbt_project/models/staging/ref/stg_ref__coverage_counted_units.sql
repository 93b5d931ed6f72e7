-- Grain: one row per cell, unit expected and unit whose dossiers count for it.
select * from {{ source('ref', 'coverage_counted_units') }}
