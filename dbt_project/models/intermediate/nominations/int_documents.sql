-- Grain: one row per form or document that counts tonight, with the day its form first came from the unit.
with current_parts as (
    select distinct
        parts.submission_id,
        parts.part_no,
        parts.form_id,
        parts.title,
        parts.source_sheet,
        coalesce(parts.document_year, parts.title_year) as year
    from {{ ref('stg_raw__parts') }} as parts
    inner join {{ ref('int_current_parts') }} as keys
        on parts.submission_id = keys.submission_id
        and parts.form_id = keys.form_id
        and parts.part_key is not distinct from keys.part_key
)

select
    files.programme_id,
    files.unit_code,
    current_parts.*,
    phases.phase_id,
    files.received_on,
    files.source_file
from current_parts
inner join {{ ref('int_files') }} as files on current_parts.submission_id = files.submission_id
left join {{ ref('int_part_phases') }} as phases
    on current_parts.submission_id = phases.submission_id
    and current_parts.part_no = phases.part_no
