-- Grain: unit and unit whose roll-up holds it.
select unit_code, ancestor_code from {{ ref('int_unit_rollups') }}
