-- Grain: one row per unit and step of the plan that is due and not whole: work left, whatever was sent.
-- `is_told`: an open finding already asks the unit for it, so that nobody reads it twice.
with told as (
    select findings.programme_id, findings.unit_code, findings.cell_id
    from {{ ref('fct_findings') }} as findings
    left join {{ ref('dim_rules') }} as rules on findings.rule_id = rules.rule_id
    where findings.is_open
        and findings.severity <> 'information'
        and coalesce(rules.mends, 'unit') = 'unit'
        and findings.cell_id is not null
    group by findings.programme_id, findings.unit_code, findings.cell_id
)

select
    steps.programme_id || '|' || steps.unit_code || '|' || steps.cell_id as step_id,
    steps.programme_id,
    steps.unit_code,
    steps.cell_id,
    cells.cell_order,
    cells.label_vi,
    cells.label_of_years_vi,
    cells.year,
    steps.stage,
    steps.period,
    steps.status,
    steps.last_day_on_time as last_day,
    coalesce(deadlines.is_before, false) as is_before,
    deadlines.citation_vi as citation,
    coalesce(steps.last_day_on_time + 1, cells.due_on) as left_since_on,
    told.cell_id is not null as is_told,
    {% for kind in ['collectives', 'individuals', 'households', 'any'] %}
    steps.{{ kind }}_required,
    steps.{{ kind }}_counted{{ "," if not loop.last }}
    {% endfor %}
from {{ ref('int_coverage_status') }} as steps
inner join {{ ref('int_coverage_cells') }} as cells on steps.cell_id = cells.cell_id
inner join {{ ref('stg_ref__deadlines') }} as deadlines on steps.cell_id = deadlines.cell_id
left join told
    on steps.programme_id = told.programme_id
    and steps.unit_code = told.unit_code
    and steps.cell_id = told.cell_id
where steps.status in ('none', 'partial') and steps.ended_on is null and not steps.is_placeholder and not steps.is_optional
