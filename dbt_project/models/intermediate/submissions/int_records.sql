-- Grain: one row per record (head of a form, row of a table) of a part that counts tonight.
select
    records.*,
    {{ person_key('records.name_key', 'records.recipient_kind') }} as link_key,
    files.programme_id,
    files.unit_code,
    files.received_on,
    files.source_file
from {{ ref('stg_raw__records') }} as records
inner join {{ ref('int_files') }} as files on records.submission_id = files.submission_id
inner join {{ ref('int_current_parts') }} as parts
    on records.submission_id = parts.submission_id
    and records.form_id = parts.form_id
    and records.part_key is not distinct from parts.part_key
