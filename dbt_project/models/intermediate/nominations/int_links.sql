-- Grain: one row per subject and record that tells something of it: its own, its form's head, what is attached by name.
with nominations as (
    select
        *,
        -- two nominees of one name in one list: an attached record of that name belongs to neither for certain
        count(*) over (
            partition by programme_id, unit_code, family, coalesce(phase_id, ''), year, link_key
        ) > 1 as has_namesake
    from {{ ref('int_nominations') }}
)

select nomination_id as subject_id, record_id, 'own' as link from nominations

union

select nominations.nomination_id, heads.record_id, 'head'
from nominations
inner join {{ ref('int_records') }} as heads
    on nominations.submission_id = heads.submission_id
    and nominations.part_no = heads.part_no
    and heads.record_kind = 'head'
    and heads.record_id <> nominations.record_id

union

select nominations.nomination_id, attached.record_id, 'attached'
from nominations
inner join {{ ref('int_records') }} as attached
    on nominations.programme_id = attached.programme_id
    and nominations.unit_code = attached.unit_code
    and nominations.link_key = attached.link_key
    and nominations.record_id <> attached.record_id
    and (
        attached.recipient_kind is null
        or nominations.recipient_kind is null
        or attached.recipient_kind = nominations.recipient_kind
    )
inner join {{ ref('stg_ref__attached_forms') }} as forms
    on attached.programme_id = forms.programme_id
    and attached.form_id = forms.form_id
where not nominations.has_namesake

union

select subjects.subject_id, heads.record_id, 'own'
from {{ ref('int_subjects') }} as subjects
inner join {{ ref('int_records') }} as heads
    on subjects.submission_id = heads.submission_id
    and subjects.part_no = heads.part_no
    and heads.record_kind = 'head'
where subjects.about = 'form'
