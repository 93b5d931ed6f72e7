-- Grain: one row per form, year and phase a unit ever sent (superseded versions too): the day it first came.
-- A corrected version does not make a unit late.
select
    files.programme_id,
    files.unit_code,
    parts.form_id,
    coalesce(parts.document_year, parts.title_year) as year,
    phases.phase_id,
    parts.title,
    min(files.received_on) as first_received_on,
    -- the day of the meeting a document reports on
    min(parts.document_date) as held_on,
    min_by(files.source_file, (files.received_on, files.source_file)) as source_file,
    min_by(files.submission_id, (files.received_on, files.source_file)) as submission_id
from {{ ref('stg_raw__parts') }} as parts
inner join {{ ref('int_files') }} as files
    on parts.submission_id = files.submission_id
    and files.copy_no = 1
left join {{ ref('int_part_phases') }} as phases
    on parts.submission_id = phases.submission_id
    and parts.part_no = phases.part_no
group by all
