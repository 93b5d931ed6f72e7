-- Grain: one row per programme and unit that a cell expects.
select
    programme_id,
    unit_code,
    count(*)::integer as cells_expected,
    (count(*) filter (where is_due))::integer as cells_due,
    (count(*) filter (where is_due and status = 'covered'))::integer as cells_covered,
    100.0::double * count(*) filter (where is_due and status = 'covered')
    / nullif(count(*) filter (where is_due), 0) as coverage_pct,
    (count(*) filter (where not is_due and status = 'covered'))::integer as cells_covered_early,
    (count(*) filter (where status = 'partial'))::integer as cells_partial,
    (count(*) filter (where status = 'none'))::integer as cells_none
from {{ ref('int_coverage_status') }}
where not is_optional
group by programme_id, unit_code
