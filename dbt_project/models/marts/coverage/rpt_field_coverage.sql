-- Grain: one row per programme with fields and period (phase or year) of its registrations.
with fields as (
    select programme_id, field_id
    from {{ ref('stg_ref__activity_fields') }}
    where in_field_coverage
),

periods as (
    select distinct cells.programme_id, cells.period, cells.year, cells.phase_id
    from {{ ref('int_coverage_cells') }} as cells
    semi join fields on cells.programme_id = fields.programme_id
    where cells.test in ('phase_registration', 'field_quota')
),

blocks as (
    select distinct submission_id, form_id, record_id from {{ ref('int_coverage_blocks') }}
),

-- any unit's registration in the field counts, not only that of the lead agency
registered as (
    select distinct nominees.programme_id, periods.period, nominees.field_id
    from {{ ref('int_coverage_nominees') }} as nominees
    inner join periods
        on nominees.programme_id = periods.programme_id
        and case
            when periods.year is not null then nominees.record_year = periods.year
            else nominees.part_key = periods.phase_id
        end
    anti join blocks
        on nominees.submission_id = blocks.submission_id
        and nominees.form_id = blocks.form_id
        and nominees.record_id = coalesce(blocks.record_id, nominees.record_id)
    where nominees.is_current and nominees.name_key is not null
)

select
    periods.programme_id,
    periods.period,
    count(*)::integer as fields_total,
    count(registered.field_id)::integer as fields_covered,
    100.0::double * count(registered.field_id) / nullif(count(*), 0) as coverage_pct
from periods
inner join fields on periods.programme_id = fields.programme_id
left join registered
    on periods.programme_id = registered.programme_id
    and periods.period = registered.period
    and fields.field_id = registered.field_id
group by periods.programme_id, periods.period
