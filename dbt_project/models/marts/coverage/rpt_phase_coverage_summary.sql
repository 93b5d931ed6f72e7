-- Grain: one row per cell of coverage.
{% set kinds = ['collectives', 'individuals'] %}
with sums as (
    select
        cell_id,
        count(*) as units_expected,
        count(*) filter (where status = 'covered') as units_covered,
        count(*) filter (where status = 'covered' and on_time) as units_on_time,
        count(*) filter (where status = 'none') as units_none,
        count(*) filter (where status = 'not_due') as units_not_due,
        count(*) filter (where status = 'partial') as units_partial,
        count(*) filter (where timing = 'late') as units_late,
        count(deadline) > 0 as has_deadline,
        -- placeholders stand for an official list that is not entered yet: no percentage of them
        bool_and(is_placeholder) as is_placeholder_only,
        coalesce(bool_or(is_usual), false) as rests_on_usual,
        {% for kind in kinds %}
        -- no unit and no kind makes up for another
        sum(least({{ kind }}_counted, {{ kind }}_required))
            filter (where {{ kind }}_required is not null) as {{ kind }}_towards,
        sum({{ kind }}_required) as {{ kind }}_required{{ "," if not loop.last }}
        {% endfor %}
    from {{ ref('int_coverage_status') }}
    group by cell_id
)

select
    cells.programme_id,
    cells.cell_id,
    cells.stage,
    cells.period,
    coalesce(sums.units_expected, 0)::integer as units_expected,
    coalesce(sums.units_covered, 0)::integer as units_covered,
    case when not cells.is_optional and not sums.is_placeholder_only
        then 100.0::double * sums.units_covered / nullif(sums.units_expected, 0) end as coverage_pct,
    case when sums.has_deadline then sums.units_on_time end::integer as units_on_time,
    case when sums.has_deadline and not cells.is_optional and not sums.is_placeholder_only
        then 100.0::double * sums.units_on_time / nullif(sums.units_expected, 0) end as on_time_pct,
    {% for kind in kinds %}
    case when not sums.is_placeholder_only
        then 100.0::double * sums.{{ kind }}_towards / nullif(sums.{{ kind }}_required, 0)
    end as quota_{{ kind }}_pct,
    {% endfor %}
    coalesce(sums.rests_on_usual, false) as rests_on_usual,
    coalesce(sums.units_none, 0)::integer as units_none,
    coalesce(sums.units_not_due, 0)::integer as units_not_due,
    coalesce(sums.units_late, 0)::integer as units_late,
    coalesce(sums.units_partial, 0)::integer as units_partial
from {{ ref('int_coverage_cells') }} as cells
left join sums on cells.cell_id = sums.cell_id
