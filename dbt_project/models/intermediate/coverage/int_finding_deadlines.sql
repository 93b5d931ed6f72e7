-- Grain: one row per finding ever made that belongs to something due: whose deadline it has.
-- Its cell is the one its rule is about; else, of what is due of its form from its unit, what is due for its own
-- year and phase, the shortest period first; of several the next day ahead, else the last that passed.
with night as (
    select as_of from {{ ref('stg_meta__night') }}
),

lives as (
    select finding_nights.finding_id, max(finding_nights.as_of) as last_seen_on
    from {{ ref('stg_quality__finding_nights') }} as finding_nights
    inner join night on finding_nights.as_of <= night.as_of
    group by finding_nights.finding_id
),

last_rows as (
    -- what is owed and what is counted is judged per unit and cell or period: programme|unit|cell
    select finding_nights.*, split_part(finding_nights.row_id, '|', 3) as judged_of
    from {{ ref('stg_quality__finding_nights') }} as finding_nights
    inner join lives
        on finding_nights.finding_id = lives.finding_id
        and finding_nights.as_of = lives.last_seen_on
),

owed as (
    select distinct rule_id from {{ ref('stg_ref__rule_dues') }}
),

received as (
    select rule_id, period, min(cell_id) as cell_id
    from {{ ref('stg_ref__rule_deadlines') }}
    group by rule_id, period
),

documents as (
    select submission_id, form_id, max(year) as year, max(phase_id) as phase_id
    from {{ ref('int_documents') }}
    group by submission_id, form_id
),

placed as (
    select
        last_rows.finding_id,
        last_rows.programme_id,
        last_rows.unit_code,
        last_rows.form_id,
        -- what is owed is judged per unit and cell: programme|unit|cell
        case when owed.rule_id is not null then last_rows.judged_of else received.cell_id end
            as own_cell_id,
        -- a quantity is of the year it counts, a dossier of its own year: not of the file that came last
        coalesce(
            nominations.year,
            case when counts.rule_id is not null then try_cast(last_rows.judged_of as integer) end,
            dossiers.year,
            documents.year
        ) as year,
        coalesce(nominations.phase_id, documents.phase_id) as phase_id
    from last_rows
    left join owed on last_rows.rule_id = owed.rule_id
    -- a quantity is judged per unit and period: programme|unit|period
    left join received
        on last_rows.rule_id = received.rule_id
        and (received.period is null or last_rows.judged_of = received.period)
    left join {{ ref('int_nominations') }} as nominations on last_rows.nomination_id = nominations.nomination_id
    left join (
        select distinct rule_id from {{ ref('stg_ref__rule_counts') }} where year is not null
    ) as counts on last_rows.rule_id = counts.rule_id
    left join {{ ref('int_subjects') }} as dossiers
        on last_rows.row_id = dossiers.subject_id
        and dossiers.about = 'dossier'
    left join documents
        on last_rows.submission_id = documents.submission_id
        and last_rows.form_id = documents.form_id
),

found as (
    select
        placed.finding_id,
        deadlines.cell_id,
        units.day,
        units.last_day,
        deadlines.is_before,
        deadlines.wording_vi,
        row_number() over (
            partition by placed.finding_id
            order by
                coalesce(deadlines.year = placed.year, false) desc,
                coalesce(
                    placed.year between year(deadlines.period_start) and year(deadlines.period_end), false
                ) desc,
                deadlines.period_end - deadlines.period_start,
                units.day is null,
                units.last_day < night.as_of,
                abs({{ days_between('night.as_of', 'units.last_day') }}),
                deadlines.cell_id
        ) as nearness
    from placed
    cross join night
    inner join {{ ref('stg_ref__deadlines') }} as deadlines on placed.programme_id = deadlines.programme_id
    inner join {{ ref('stg_ref__deadline_units') }} as units
        on deadlines.cell_id = units.cell_id
        and placed.unit_code = units.unit_code
    left join {{ ref('stg_ref__deadline_forms') }} as forms
        on deadlines.cell_id = forms.cell_id
        and placed.form_id = forms.form_id
    where
        case
            when placed.own_cell_id is not null then placed.own_cell_id = deadlines.cell_id
            else forms.form_id is not null
                and (deadlines.year is null or deadlines.year = placed.year)
                and (deadlines.phase_id is null or deadlines.phase_id = placed.phase_id)
        end
)

select
    finding_id,
    cell_id,
    -- only a day that the document names is told as a deadline
    case when day is not null then last_day end as deadline,
    is_before,
    wording_vi
from found
where nearness = 1
