-- Grain: one row per rule, coverage cell and unit expected in it: when what is due first came.
with wanted as (
    -- the forms a rule names, else those the cell requires, else the cell's own
    select dues.rule_id, dues.cell_id, forms.value as form_id, null::integer as year, null::varchar as title_pattern, true as takes_scans
    from {{ ref('stg_ref__rule_dues') }} as dues
    inner join {{ ref('stg_ref__rule_forms') }} as forms
        on dues.rule_id = forms.rule_id
        and forms.role = 'owed'

    union

    select dues.rule_id, dues.cell_id, required.form_id, required.document_year, required.title_pattern, required.takes_scans
    from {{ ref('stg_ref__rule_dues') }} as dues
    inner join {{ ref('stg_ref__coverage_requirements') }} as required on dues.cell_id = required.cell_id
    where dues.rule_id not in (select rule_id from {{ ref('stg_ref__rule_forms') }} where role = 'owed')

    union

    select dues.rule_id, dues.cell_id, unnest(from_json(cells.forms, '["VARCHAR"]')), null, null, true
    from {{ ref('stg_ref__rule_dues') }} as dues
    inner join {{ ref('stg_ref__coverage_cells') }} as cells on dues.cell_id = cells.cell_id
    where dues.rule_id not in (select rule_id from {{ ref('stg_ref__rule_forms') }} where role = 'owed')
        and dues.cell_id not in (select cell_id from {{ ref('stg_ref__coverage_requirements') }})
),

-- what a unit's predecessors sent counts for it
before as (
    select distinct standing_code as unit_code, unit_code as sender_code
    from {{ ref('stg_ref__unit_standings') }}
),

came as (
    select
        dues.rule_id,
        dues.cell_id,
        expected.unit_code,
        expected.programme_id,
        dues.if_missing,
        dues.if_late,
        dues.asked_after,
        cells.test = 'conference' as is_meeting,
        deadlines.day as deadline,
        deadlines.is_before,
        deadlines.last_day,
        deadlines.due_from,
        expected.ended_on,
        min(wanted.form_id) as wanted_form,
        min(receipts.first_received_on) as first_received_on,
        min(receipts.held_on) as held_on,
        min_by(receipts.form_id, (receipts.first_received_on, receipts.source_file, receipts.form_id)) as form_id,
        min_by(receipts.source_file, (receipts.first_received_on, receipts.source_file, receipts.form_id)) as source_file,
        min_by(receipts.submission_id, (receipts.first_received_on, receipts.source_file, receipts.form_id)) as submission_id
    from {{ ref('stg_ref__rule_dues') }} as dues
    inner join {{ ref('stg_ref__coverage_cells') }} as cells on dues.cell_id = cells.cell_id
    inner join {{ ref('stg_ref__deadlines') }} as deadlines on dues.cell_id = deadlines.cell_id
    inner join {{ ref('stg_ref__coverage_expected') }} as expected on dues.cell_id = expected.cell_id
    inner join wanted on dues.rule_id = wanted.rule_id and dues.cell_id = wanted.cell_id
    inner join before on expected.unit_code = before.unit_code
    left join {{ ref('int_receipts') }} as receipts
        on expected.programme_id = receipts.programme_id
        and before.sender_code = receipts.unit_code
        and wanted.form_id = receipts.form_id
        and (wanted.year is null or wanted.year = receipts.year)
        and {{ title_meets('receipts.title', 'wanted') }}
        -- a form of a year or phase counts for the cell of that year or phase
        and (cells.year is null or wanted.year is not null or receipts.year is null or cells.year = receipts.year)
        and (cells.phase_id is null or cells.phase_id = receipts.phase_id)
    group by all
),

participants as (
    select distinct forms.rule_id, receipts.programme_id, before.unit_code
    from {{ ref('stg_ref__rule_forms') }} as forms
    inner join {{ ref('int_receipts') }} as receipts on forms.value = receipts.form_id
    inner join before on receipts.unit_code = before.sender_code
    where forms.role = 'participant'
)

select
    came.*,
    coalesce(
        case when came.is_meeting then came.held_on else came.first_received_on end = came.deadline
        and came.is_before,
        false
    ) as is_on_the_day,
    case
        when came.first_received_on is not null and came.if_late and came.last_day is not null then
            case
                -- a meeting is in time by the day it was held, however late the report of it
                when came.is_meeting and came.held_on is not null
                    then {{ two_valued('came.held_on <= came.last_day') }}
                when came.first_received_on <= came.last_day then 2
                when came.is_meeting then 1
                else 0
            end
        when came.first_received_on is not null then 2
        -- asked of units that take part: they sent something else of the same cycle
        when came.if_missing
            -- an abolished body owes nothing any more
            and came.ended_on is null
            and participants.unit_code is not null
            and night.as_of > coalesce(came.asked_after, came.last_day, came.due_from)
            then 0
    end as v
from came
cross join {{ ref('stg_meta__night') }} as night
left join participants
    on came.rule_id = participants.rule_id
    and came.programme_id = participants.programme_id
    and came.unit_code = participants.unit_code
