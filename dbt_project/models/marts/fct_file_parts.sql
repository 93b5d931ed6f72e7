-- Grain: one row per part of a file that was read: sheet, table, run of paragraphs, text box, page header.
select
    parts.submission_id,
    files.source_file,
    parts.part,
    parts.part_kind,
    parts.form_id,
    parts.evidence,
    parts.cells,
    parts.cells_read,
    parts.cells_ignored,
    parts.cells_reported,
    parts.rows_read
from {{ ref('stg_raw__file_parts') }} as parts
inner join {{ ref('int_submissions') }} as files on parts.submission_id = files.submission_id
