-- Grain: one row per night whose verdicts were asserted.
select * from {{ source('quality', 'nights') }}
