-- Grain: one row per nominee and dossier.
with standing as (
    select findings.*, rules.category
    from {{ ref('fct_findings') }} as findings
    left join {{ ref('stg_ref__completeness_rules') }} as rules on findings.rule_id = rules.rule_id
    where findings.status not in ('fixed', 'waived')
),

own as (
    select
        nomination_id,
        count(*) filter (where severity = 'blocking') as blocking,
        count(*) filter (where severity = 'warning') as warnings
    from standing
    where nomination_id is not null
    group by nomination_id
),

shared as (
    -- «Hồ sơ chung»: what a dossier or a form lacks as a whole, every nominee in it lacks
    select
        nominations.nomination_id,
        count(*) filter (where standing.severity = 'blocking') as blocking,
        count(*) filter (where standing.severity = 'warning') as warnings
    from {{ ref('int_nominations') }} as nominations
    inner join standing
        on nominations.programme_id = standing.programme_id
        and nominations.unit_code = standing.unit_code
        and standing.nomination_id is null
        and standing.category in ('missing_field', 'missing_attachment', 'missing_confirmation', 'missing_year')
        and (
            standing.form_id = nominations.family and nominations.family <> nominations.form_id
            or standing.submission_id = nominations.submission_id and standing.form_id = nominations.form_id
        )
    group by nominations.nomination_id
),

-- a record tells post and workplace in fields of its own
told as (
    select
        record_id,
        min({{ title_key('value_text') }}) filter (where field like '%don_vi_cong_tac') as workplace_key,
        min(value_text) filter (where field like '%chuc_vu') as position
    from {{ ref('stg_raw__field_values') }}
    where field like '%don_vi_cong_tac' or field like '%chuc_vu'
    group by record_id
)

select
    nominations.nomination_id,
    nominations.programme_id,
    nominations.phase_id,
    nominations.unit_code,
    nominations.form_id,
    nominations.kind,
    nominations.recipient_kind,
    nominations.recipient_name,
    {{ recipient_id(
        'nominations.recipient_kind', 'nominations.name_key', 'nominations.unit_code',
        'coalesce(nominations.workplace_key, told.workplace_key)', 'coalesce(nominations.position, told.position)'
    ) }} as recipient_id,
    nominations.subject_group,
    nominations.field_id,
    coalesce(own.blocking, 0) + coalesce(shared.blocking, 0) = 0 as is_complete,
    (coalesce(own.blocking, 0) + coalesce(shared.blocking, 0))::integer as blocking_count,
    (coalesce(own.warnings, 0) + coalesce(shared.warnings, 0))::integer as warning_count,
    eligibility.eligibility,
    nominations.submission_id,
    nominations.source_file,
    nominations.source_sheet,
    nominations.source_row
from {{ ref('int_nominations') }} as nominations
inner join {{ ref('int_eligibility') }} as eligibility on nominations.nomination_id = eligibility.nomination_id
left join own on nominations.nomination_id = own.nomination_id
left join shared on nominations.nomination_id = shared.nomination_id
left join told on nominations.record_id = told.record_id
