-- Grain: one row per file ever seen, with what became of it tonight.
with parts as (
    select
        submission_id,
        bool_or(is_current) as is_current
    from {{ ref('int_current_keys') }}
    group by submission_id
)

select
    files.submission_id,
    files.source_file,
    files.programme_id,
    files.unit_code,
    files.received_on,
    files.form_id,
    case
        when files.intake = 'container' and files.is_present and files.received_on <= night.as_of then 'accepted'
        when files.intake = 'unrecognised' and files.is_present and files.received_on <= night.as_of then 'unrecognised'
        when files.copy_no > 1 then 'duplicate'
        -- a file whose forms carry no key (an empty list without its own) stands for itself
        when files.copy_no = 1 and coalesce(parts.is_current, true) then 'accepted'
        when files.copy_no = 1 then 'superseded'
        else 'quarantined'
    end as status,
    case
        when not files.is_present then 'RD-KHONG-CON'
        when files.received_on > night.as_of then 'RD-CHUA-DEN-NGAY'
        when files.copy_no > 1 then 'RD-TRUNG-NOI-DUNG'
        when files.copy_no = 1 and not parts.is_current then 'RD-BI-THAY'
        else files.rule_id
    end as rule_id,
    files.reason as intake_reason,
    files.params as intake_params,
    files.rows_read
from {{ ref('int_files') }} as files
cross join {{ ref('stg_meta__night') }} as night
left join parts on files.submission_id = parts.submission_id
