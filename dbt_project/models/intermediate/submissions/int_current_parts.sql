-- Grain: one row per submission, form and key that counts tonight; also the rows without a key of a form that does.
with every as (
    select submission_id, form_id, part_key from {{ ref('stg_raw__parts') }}
    union
    select submission_id, form_id, part_key from {{ ref('stg_raw__records') }}
),

forms as (
    select submission_id, form_id, bool_or(is_current) as is_current
    from {{ ref('int_current_keys') }}
    group by submission_id, form_id
)

select every.submission_id, every.form_id, every.part_key
from every
inner join {{ ref('int_files') }} as files
    on every.submission_id = files.submission_id
    and files.copy_no = 1
left join {{ ref('int_current_keys') }} as keys
    on every.submission_id = keys.submission_id
    and every.form_id = keys.form_id
    and every.part_key = keys.part_key
left join forms
    on every.submission_id = forms.submission_id
    and every.form_id = forms.form_id
-- what carries no key goes with its form, and a form without any key stands for itself
where coalesce(keys.is_current, every.part_key is null and coalesce(forms.is_current, true))
