-- Grain: one row per form in a file, and nominee of it, that a blocking finding of tonight holds back;
-- record_id NULL: the form as a whole.
with findings as (
    select submission_id, form_id, nomination_id, source_sheet, source_row, rule_id
    from {{ ref('fct_findings') }}
    where severity = 'blocking' and status not in ('fixed', 'waived') and submission_id is not null
)

select
    findings.submission_id,
    findings.form_id,
    -- what concerns one row holds back that row only
    coalesce(nominations.record_id, nominees.record_id) as record_id,
    string_agg(distinct findings.rule_id, ', ' order by findings.rule_id) as rule_ids
from findings
left join {{ ref('int_nominations') }} as nominations on findings.nomination_id = nominations.nomination_id
left join {{ ref('int_coverage_nominees') }} as nominees
    on findings.nomination_id is null
    and findings.submission_id = nominees.submission_id
    and findings.form_id = nominees.form_id
    and findings.source_sheet is not distinct from nominees.source_sheet
    and findings.source_row = nominees.source_row
where findings.nomination_id is null or nominations.record_id is not null
group by all
