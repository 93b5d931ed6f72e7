-- Grain: one row per file ever seen.
select
    submissions.submission_id,
    submissions.source_file,
    submissions.programme_id,
    submissions.unit_code,
    submissions.received_on,
    submissions.form_id,
    submissions.status,
    coalesce(submissions.intake_reason, rules.message_vi) as reason,
    submissions.rows_read::integer as rows_read
from {{ ref('int_submissions') }} as submissions
left join {{ ref('stg_ref__rules') }} as rules on submissions.rule_id = rules.rule_id
