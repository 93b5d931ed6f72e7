-- Grain: one row per cell of coverage and type of unit its deadline holds for.
select * from {{ source('ref', 'deadline_unit_types') }}
