-- Grain: one row per cell of coverage and unit expected.
select
    programme_id,
    cell_id,
    stage,
    period,
    unit_code,
    status,
    on_time,
    deadline,
    first_received_on,
    collectives_required,
    collectives_counted,
    individuals_required,
    individuals_counted,
    households_required,
    households_counted,
    any_required,
    any_counted,
    timing
from {{ ref('int_coverage_status') }}
