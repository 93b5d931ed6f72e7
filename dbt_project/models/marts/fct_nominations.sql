-- Grain: one row per nominee on a current nomination form.
select
    nominations.nomination_id,
    nominations.programme_id,
    nominations.phase_id,
    nominations.unit_code,
    nominations.form_id,
    nominations.recipient_kind,
    nominations.recipient_name,
    nominations.subject_group,
    nominations.field_id,
    count(findings.finding_id) filter (where findings.severity = 'blocking') = 0 as is_complete,
    (count(findings.finding_id) filter (where findings.severity = 'blocking'))::integer as blocking_count,
    (count(findings.finding_id) filter (where findings.severity = 'warning'))::integer as warning_count,
    'unknown' as eligibility,
    nominations.submission_id,
    nominations.source_file,
    nominations.source_sheet,
    nominations.source_row
from {{ ref('int_nominations') }} as nominations
left join {{ ref('fct_findings') }} as findings
    on nominations.nomination_id = findings.nomination_id
    and findings.status not in ('fixed', 'waived')
group by all
