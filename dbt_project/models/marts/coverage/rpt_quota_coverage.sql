-- Grain: one row per cell and kind for which units must reach a number, of units whose time has come and cells that bind.
-- No unit makes up for another: what one has above its requirement does not count.
{% set kinds = ['collectives', 'individuals', 'households', 'any'] %}
with asked as (
    {% for kind in kinds %}
    select
        coverage.programme_id,
        coverage.cell_id,
        '{{ kind }}' as kind,
        coverage.unit_code,
        coverage.{{ kind }}_required as required,
        least(coalesce(coverage.{{ kind }}_counted, 0), coverage.{{ kind }}_required) as counted
    from {{ ref('rpt_phase_coverage') }} as coverage
    left join {{ ref('dim_coverage_cells') }} as cells on coverage.cell_id = cells.cell_id
    where coverage.status <> 'not_due' and coverage.{{ kind }}_required > 0 and not coalesce(cells.is_optional, false)
    {{ "union all" if not loop.last }}
    {% endfor %}
)

select
    programme_id,
    cell_id,
    kind,
    sum(required)::bigint as required,
    sum(counted)::bigint as counted,
    sum(required - counted)::bigint as shortfall,
    count(*) filter (where counted < required) as units_short,
    {{ percentage('sum(counted)', 'sum(required)') }} as counted_pct
from asked
group by programme_id, cell_id, kind
