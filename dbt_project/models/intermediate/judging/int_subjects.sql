-- Grain: one row per thing a rule can be about: a nomination, a form that counts, a dossier of a unit.
with subjects as (
select
    'nomination' as about,
    nomination_id as subject_id,
    first_record_id,
    programme_id,
    phase_id,
    unit_code,
    form_id,
    family,
    recipient_kind,
    recipient_name,
    name_key,
    link_key,
    field_id,
    year,
    received_on,
    submission_id,
    part_no,
    source_file,
    source_sheet,
    source_row,
    source_cell
from {{ ref('int_nominations') }}

union all

select
    'form',
    documents.submission_id || ':' || documents.part_no,
    null,
    documents.programme_id,
    coalesce(documents.phase_id, documents.programme_id),
    documents.unit_code,
    documents.form_id,
    documents.form_id,
    null,
    null,
    coalesce(documents.phase_id, documents.year::varchar, ''),
    null,
    null,
    documents.year,
    documents.received_on,
    documents.submission_id,
    documents.part_no,
    documents.source_file,
    documents.source_sheet,
    null,
    null
from {{ ref('int_documents') }} as documents
where documents.form_id in (select form_id from {{ ref('stg_ref__rule_scopes') }} where about = 'form')

union all

-- a dossier: what one unit sends for one family of forms (in a year, in a phase), the documents that go with it included
select
    'dossier',
    files.programme_id || '|' || files.unit_code || '|' || files.family
    || coalesce('|' || files.dossier_year, '|' || files.dossier_phase, ''),
    null,
    files.programme_id,
    coalesce(files.dossier_phase, files.programme_id),
    files.unit_code,
    files.family,
    files.family,
    null,
    null,
    coalesce(files.dossier_year::varchar, files.dossier_phase, ''),
    null,
    null,
    files.dossier_year,
    min(files.received_on),
    min_by(files.submission_id, (files.is_nomination, files.received_on, files.source_file)),
    null,
    min_by(files.source_file, (files.is_nomination, files.received_on, files.source_file)),
    null,
    null,
    null
from (
    select
        documents.*,
        scopes.family,
        forms.form_id is null as is_nomination,
        case when scopes.per = 'year' then coalesce(documents.year, year(documents.received_on)) end as dossier_year,
        phases.phase_id as dossier_phase
    from {{ ref('int_documents') }} as documents
    inner join {{ ref('stg_ref__dossiers') }} as scopes on documents.programme_id = scopes.programme_id
    -- the phase a form declares; papers of a year are of each phase that has it
    left join {{ ref('stg_ref__phases') }} as phases
        on scopes.per = 'phase'
        and documents.programme_id = phases.programme_id
        and phases.kind = 'declared'
        and (
            documents.phase_id = phases.phase_id
            or documents.phase_id is null
            and coalesce(documents.year, year(documents.received_on)) between phases.first_year and phases.last_year
        )
    left join {{ ref('stg_ref__nomination_forms') }} as forms
        on documents.form_id = forms.form_id
        and scopes.family = forms.family
        and scopes.programme_id = forms.programme_id
    where (forms.form_id is not null or documents.form_id in (
            -- documents the dossier's own rules name
            select listed.value
            from {{ ref('stg_ref__leaf_values') }} as listed
            inner join {{ ref('stg_ref__rule_nodes') }} as nodes on listed.leaf_no = nodes.leaf_no
            inner join {{ ref('stg_ref__rule_scopes') }} as named on nodes.rule_id = named.rule_id
            where named.about = 'dossier' and named.form_id = scopes.family and listed.kind = 'with_form'
        ))
) as files
group by files.programme_id, files.unit_code, files.family, files.dossier_year, files.dossier_phase
)

-- numbers join faster than ids
select
    subjects.*,
    (row_number() over (order by about, subject_id))::integer as subject_no,
    -- subjects of one class are judged by the same rules
    (dense_rank() over (order by about, programme_id, form_id, recipient_kind, field_id))::integer as class_no
from subjects
