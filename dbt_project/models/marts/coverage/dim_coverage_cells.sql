-- Grain: one row per cell of coverage, with the clause it rests on.
select
    cell_id,
    programme_id,
    cell_order,
    label_vi,
    stage,
    period,
    period_start,
    period_end,
    phase_id,
    field_id,
    is_optional,
    deadline,
    deadline_text_vi,
    due_on,
    forms,
    quota_ids,
    document,
    section,
    quote,
    seed_ref
from {{ ref('int_coverage_cells') }}
