-- Grain: one row per form in a readable file that a cell requires as such (a document); superseded ones too.
with forms as (
    select distinct form_id from {{ ref('stg_ref__coverage_requirements') }}
),

current_forms as (
    select submission_id, form_id, bool_or(is_current) as is_current
    from {{ ref('int_current_keys') }}
    group by submission_id, form_id
)

select
    parts.submission_id,
    parts.part_no,
    parts.form_id,
    parts.source_sheet,
    parts.title,
    parts.title_year,
    parts.document_year,
    parts.document_date,
    parts.is_signed,
    files.programme_id,
    files.unit_code,
    files.received_on,
    files.source_file,
    coalesce(current_forms.is_current, false) as is_current
from {{ ref('stg_raw__parts') }} as parts
inner join forms on parts.form_id = forms.form_id
inner join {{ ref('int_files') }} as files
    on parts.submission_id = files.submission_id
    and files.copy_no = 1
left join current_forms
    on parts.submission_id = current_forms.submission_id
    and parts.form_id = current_forms.form_id
