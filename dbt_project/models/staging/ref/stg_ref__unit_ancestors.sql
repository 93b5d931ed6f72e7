-- Grain: one row per unit, unit above it (itself too) and days this holds for.
select * from {{ source('ref', 'unit_ancestors') }}
