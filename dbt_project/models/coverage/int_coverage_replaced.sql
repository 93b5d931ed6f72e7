-- Grain: one row per form in a file that a later one replaced after a night had found nothing blocking in it.
-- What stood in it stood from its receipt: who mends a remark after the deadline is not late for that.
with versions as (
    select
        keys.submission_id,
        keys.form_id,
        files.received_on,
        lead(files.received_on) over (
            partition by files.programme_id, files.unit_code, keys.form_id, keys.part_key
            order by files.received_on, files.source_file
        ) as replaced_on
    from {{ ref('int_current_keys') }} as keys
    inner join {{ ref('int_files') }} as files on keys.submission_id = files.submission_id
),

blocked_nights as (
    select distinct as_of, submission_id, form_id
    from {{ source('quality', 'finding_nights') }}
    where severity = 'blocking'
)

select distinct versions.submission_id, versions.form_id
from versions
inner join {{ source('quality', 'nights') }} as nights
    on nights.as_of >= versions.received_on
    and nights.as_of < versions.replaced_on
anti join blocked_nights
    on nights.as_of = blocked_nights.as_of
    and versions.submission_id = blocked_nights.submission_id
    and versions.form_id = blocked_nights.form_id
