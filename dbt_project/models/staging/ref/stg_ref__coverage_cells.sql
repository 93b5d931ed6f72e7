-- Grain: one row per cell of coverage: a stage of a programme in one period.
select * from {{ source('ref', 'coverage_cells') }}
