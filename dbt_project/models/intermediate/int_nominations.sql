-- Grain: one row per nominee on a current nomination form.
select
    records.record_id as nomination_id,
    files.programme_id,
    files.programme_id as phase_id,
    files.unit_code,
    records.form_id,
    records.recipient_kind,
    records.recipient_name,
    null::varchar as subject_group,
    null::varchar as field_id,
    records.submission_id,
    files.source_file,
    records.source_sheet,
    records.source_row
from {{ source('raw', 'records') }} as records
inner join {{ ref('int_current_keys') }} as keys
    on records.submission_id = keys.submission_id
    and records.form_id = keys.form_id
    and records.part_key = keys.part_key
    and keys.is_current
inner join {{ ref('int_files') }} as files on records.submission_id = files.submission_id
where records.recipient_name is not null
