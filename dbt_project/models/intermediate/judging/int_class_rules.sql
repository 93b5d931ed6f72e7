-- Grain: one row per class of subjects and rule (completeness rule, criterion, group of criteria) that judges it.
select
    classes.class_no,
    scopes.rule_no
from (
    select distinct class_no, about, programme_id, form_id, recipient_kind, field_id from {{ ref('int_subjects') }}
) as classes
inner join {{ ref('stg_ref__rule_scopes') }} as scopes
    on classes.about = scopes.about
    and (scopes.programme_id = '*' or classes.programme_id = scopes.programme_id)
    and (scopes.form_id is null or scopes.form_id = classes.form_id)
    and (scopes.recipient_kind is null or scopes.recipient_kind = classes.recipient_kind)
    and (scopes.field_id is null or scopes.field_id = classes.field_id)
