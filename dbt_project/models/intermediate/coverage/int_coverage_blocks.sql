-- Grain: one row per form in a file, and nominee of it, that a blocking finding of tonight holds back;
-- record_id NULL: the form as a whole.
with findings as (
    select programme_id, unit_code, submission_id, form_id, nomination_id, source_sheet, source_row, rule_id
    from {{ ref('fct_findings') }}
    where severity = 'blocking' and status not in ('fixed', 'waived')
),

-- of one nomination
of_nominee as (
    select nominations.submission_id, nominations.form_id, nominations.record_id, findings.rule_id
    from findings
    inner join {{ ref('int_nominations') }} as nominations on findings.nomination_id = nominations.nomination_id
),

-- of a form: what concerns one of its rows holds back that row only
of_form as (
    select findings.submission_id, findings.form_id, nominees.record_id, findings.rule_id
    from findings
    left join {{ ref('int_coverage_nominees') }} as nominees
        on findings.submission_id = nominees.submission_id
        and findings.form_id = nominees.form_id
        and findings.source_sheet is not distinct from nominees.source_sheet
        and findings.source_row = nominees.source_row
    where findings.nomination_id is null and findings.submission_id is not null
),

-- of a dossier: every form that makes it up
of_dossier as (
    select nominees.submission_id, nominees.form_id, null as record_id, findings.rule_id
    from findings
    inner join {{ ref('stg_ref__nomination_forms') }} as forms
        on findings.programme_id = forms.programme_id
        and findings.form_id = forms.family
        and forms.form_id <> forms.family
    inner join (
        select distinct programme_id, unit_code, submission_id, form_id
        from {{ ref('int_coverage_nominees') }}
        where is_current
    ) as nominees
        on findings.programme_id = nominees.programme_id
        and findings.unit_code = nominees.unit_code
        and forms.form_id = nominees.form_id
    where findings.nomination_id is null
),

blocks as (
    select * from of_nominee
    union all
    select * from of_form
    union all
    select * from of_dossier
)

select
    submission_id,
    form_id,
    record_id,
    string_agg(distinct rule_id, ', ' order by rule_id) as rule_ids
from blocks
group by submission_id, form_id, record_id
