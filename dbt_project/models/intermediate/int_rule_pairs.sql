-- Grain: one row per subject and rule (completeness rule, criterion, group of criteria) that may apply to it.
select
    subjects.subject_no,
    scopes.rule_no
from {{ ref('int_subjects') }} as subjects
inner join {{ source('ref', 'rule_scopes') }} as scopes
    on subjects.about = scopes.about
    and (scopes.programme_id = '*' or subjects.programme_id = scopes.programme_id)
    and (scopes.form_id is null or scopes.form_id = subjects.form_id)
    and (scopes.recipient_kind is null or scopes.recipient_kind = subjects.recipient_kind)
    and (scopes.field_id is null or scopes.field_id = subjects.field_id)
