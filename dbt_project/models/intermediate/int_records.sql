-- Grain: one row per record (head of a form, row of a table) of a part that counts tonight.
select
    records.*,
    files.programme_id,
    files.unit_code,
    files.received_on,
    files.source_file
from {{ source('raw', 'records') }} as records
inner join {{ ref('int_files') }} as files on records.submission_id = files.submission_id
where exists (
    -- a head without a key of its own counts while any part of its form does
    select 1
    from {{ ref('int_current_keys') }} as keys
    where keys.submission_id = records.submission_id
        and keys.form_id = records.form_id
        and keys.is_current
        and (records.part_key is null or keys.part_key = records.part_key)
)
