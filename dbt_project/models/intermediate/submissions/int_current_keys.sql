-- Grain: one row per submission, form and superseding key among readable files.
-- A later received_on supersedes; on the same day the later file name in byte order.
with keyed as (
    select submission_id, form_id, part_key from {{ ref('stg_raw__parts') }} where part_key is not null
    union
    select submission_id, 'QS', part_key from {{ ref('stg_raw__headcount_rows') }} where part_key is not null
    union
    select submission_id, form_id, part_key from {{ ref('stg_raw__records') }} where part_key is not null
    union
    select submission_id, form_id, part_key from {{ ref('stg_raw__award_rows') }}
)

select
    files.unit_code,
    keyed.submission_id,
    keyed.form_id,
    keyed.part_key,
    dense_rank() over (
        partition by files.programme_id, files.unit_code, keyed.form_id, keyed.part_key
        order by files.received_on desc, files.source_file desc
    ) = 1 as is_current
from keyed
inner join {{ ref('int_files') }} as files
    on keyed.submission_id = files.submission_id
    and files.copy_no = 1
