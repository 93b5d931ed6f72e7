-- Grain: one row per nominee and dossier.
with counted as (
    select
        nomination_id,
        count(*) filter (where severity = 'blocking') as blocking,
        count(*) filter (where severity = 'warning') as warnings
    from {{ ref('trc_nominations') }}
    group by nomination_id
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
    coalesce(counted.blocking, 0) = 0 as is_complete,
    coalesce(counted.blocking, 0)::integer as blocking_count,
    coalesce(counted.warnings, 0)::integer as warning_count,
    eligibility.eligibility,
    nominations.submission_id,
    nominations.source_file,
    nominations.source_sheet,
    nominations.source_row
from {{ ref('int_nominations') }} as nominations
inner join {{ ref('int_eligibility') }} as eligibility on nominations.nomination_id = eligibility.nomination_id
left join counted on nominations.nomination_id = counted.nomination_id
left join told on nominations.record_id = told.record_id
