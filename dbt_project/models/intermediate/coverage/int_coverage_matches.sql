-- Grain: one row per cell, unit expected and nominee that belongs to the cell by form, year, phase and field.
with shared_years as (
    -- a year in which one declared phase ends and the next begins
    select ending.programme_id, ending.last_year as overlap_year
    from {{ ref('stg_ref__phases') }} as ending
    inner join {{ ref('stg_ref__phases') }} as beginning
        on ending.programme_id = beginning.programme_id
        and ending.last_year = beginning.first_year
    where ending.kind = 'declared' and beginning.kind = 'declared' and ending.phase_id <> beginning.phase_id
),

nominees as (
    select
        nominees.*,
        shared_years.overlap_year is not null as is_in_overlap,
        trim({{ policy('POL-CB-2023-OVERLAP') }}, '"') as overlap_policy,
        trim({{ policy('POL-CB-BASIS') }}, '"') as basis_policy
    from {{ ref('int_coverage_nominees') }} as nominees
    left join shared_years
        on nominees.programme_id = shared_years.programme_id
        and year(nominees.form_date) = shared_years.overlap_year
),

in_cell as (
    select
        cells.cell_id,
        cells.test,
        nominees.*
    from nominees
    inner join {{ cell_forms() }} as forms on nominees.form_id = forms.form_id
    inner join {{ ref('int_coverage_cells') }} as cells
        on forms.cell_id = cells.cell_id
        and nominees.programme_id = cells.programme_id
    where
        cells.counts_nominees
        and (cells.field_id is null or nominees.field_id = cells.field_id)
        and case
            when cells.year is not null then nominees.record_year = cells.year
            when cells.test = 'whole_period_quota'
                then nominees.record_year between year(cells.period_start) and year(cells.period_end)
            when cells.phase_id is null then true
            -- the phase is the one the form declares, never inferred from a date (POL-CB-2023-OVERLAP)
            when nominees.part_key is null then false
            when nominees.basis_policy = 'whole_programme' then true
            when nominees.is_in_overlap and nominees.overlap_policy = 'count_in_both'
                then year(nominees.form_date) between year(cells.period_start) and year(cells.period_end)
            when nominees.is_in_overlap and nominees.overlap_policy = 'half_year'
                then year(nominees.form_date)
                    = case when month(nominees.form_date) <= 6 then year(cells.period_end) else year(cells.period_start) end
            else nominees.part_key = cells.phase_id
        end
)

select
    in_cell.* exclude (unit_code, programme_id, filled_fields, is_in_overlap, overlap_policy, basis_policy, form_date),
    counted.unit_code,
    in_cell.unit_code as counted_unit_code
from in_cell
inner join {{ ref('stg_ref__coverage_counted_units') }} as counted
    on in_cell.cell_id = counted.cell_id
    and in_cell.unit_code = counted.counted_unit_code
