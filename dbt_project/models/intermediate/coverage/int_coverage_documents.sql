-- Grain: one row per requirement of a cell, unit expected and form of a file that could meet it; with the reason.
with claimed as (
    select distinct cells.programme_id, requirements.form_id, requirements.document_year
    from {{ ref('stg_ref__coverage_requirements') }} as requirements
    inner join {{ ref('int_coverage_cells') }} as cells on requirements.cell_id = cells.cell_id
    where requirements.document_year is not null
),

blocked as (
    select
        submission_id,
        form_id,
        count(*) > 0 as has_blocks,
        coalesce(bool_or(record_id is null), false) as is_blocked_whole
    from {{ ref('int_coverage_blocks') }}
    group by submission_id, form_id
),

-- a list meets a requirement when one of its rows can be used
lists as (
    select
        nominees.submission_id,
        nominees.part_no,
        coalesce(bool_or(nominees.recipient_name is not null and blocks.record_id is null), false) as has_good_row
    from {{ ref('int_coverage_nominees') }} as nominees
    left join {{ ref('int_coverage_blocks') }} as blocks on nominees.record_id = blocks.record_id
    group by nominees.submission_id, nominees.part_no
),

list_forms as (
    select distinct asked.form_id
    from {{ cell_forms() }} as asked
    inner join {{ ref('int_coverage_cells') }} as cells on asked.cell_id = cells.cell_id
    where cells.counts_nominees
),

matched as (
    select
        cells.cell_id,
        counted.unit_code,
        requirements.requirement_no,
        parts.unit_code as counted_unit_code,
        parts.form_id,
        parts.submission_id,
        parts.part_no,
        parts.received_on,
        parts.document_date as happened_on,
        parts.source_file,
        parts.source_sheet,
        parts.is_current,
        -- replaced since, and nothing blocking is known of it: it stood until then
        not parts.is_current and coalesce(parts.is_signed, true) and past.submission_id is null as stood_before,
        list_forms.form_id is not null as is_list,
        coalesce(lists.has_good_row, false) as has_good_row,
        coalesce(blocked.has_blocks, false) as has_blocks,
        coalesce(blocked.is_blocked_whole, false) as is_blocked_whole,
        not {{ title_meets('parts.title', 'requirements') }} as has_other_title,  -- noqa: LT01
        cells.test = 'document' and requirements.document_year is null
        and coalesce(parts.title_year < year(cells.period_start), false) as is_of_other_period
    from {{ ref('int_coverage_parts') }} as parts
    inner join {{ ref('stg_ref__coverage_requirements') }} as requirements on parts.form_id = requirements.form_id
    inner join {{ ref('int_coverage_cells') }} as cells
        on requirements.cell_id = cells.cell_id
        and parts.programme_id = cells.programme_id
    inner join {{ ref('stg_ref__coverage_counted_units') }} as counted
        on cells.cell_id = counted.cell_id
        and parts.unit_code = counted.counted_unit_code
    left join claimed
        on cells.programme_id = claimed.programme_id
        and parts.form_id = claimed.form_id
        and parts.document_year = claimed.document_year
    left join blocked
        on parts.submission_id = blocked.submission_id
        and parts.form_id = blocked.form_id
    left join lists
        on parts.submission_id = lists.submission_id
        and parts.part_no = lists.part_no
    left join {{ ref('int_coverage_past_blocks') }} as past
        on parts.submission_id = past.submission_id
        and parts.form_id = past.form_id
    left join list_forms on parts.form_id = list_forms.form_id
    where
        -- a document of a year that another cell asks for by name belongs to that cell
        case
            when requirements.document_year is null then claimed.form_id is null
            else parts.document_year = requirements.document_year
        end
)

select
    matched.* exclude (
        is_current, stood_before, is_list, has_good_row, has_blocks, is_blocked_whole, has_other_title, is_of_other_period
    ),
    stood_before and not has_other_title and not is_of_other_period as stood_before,
    case
        when not is_current then 'superseded'
        when has_other_title then 'other_title'
        when is_of_other_period then 'other_period'
        when is_blocked_whole or (has_blocks and (not is_list or not has_good_row)) then 'blocked'
        when is_list and not has_good_row then 'no_rows'
        else 'counted'
    end as reason
from matched
