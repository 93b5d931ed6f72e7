-- Grain: one row per nominee and dossier.
with counted as (
    select
        nomination_id,
        count(*) filter (where severity = 'blocking') as blocking,
        count(*) filter (where severity = 'warning') as warnings
    from {{ ref('trc_nominations') }}
    group by nomination_id
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
    coalesce(members.recipient_id, mentions.recipient_key) as recipient_id,
    nominations.subject_group,
    nominations.field_id,
    coalesce(counted.blocking, 0) = 0 as is_complete,
    coalesce(counted.blocking, 0)::integer as blocking_count,
    coalesce(counted.warnings, 0)::integer as warning_count,
    eligibility.eligibility,
    nominations.submission_id,
    nominations.source_file,
    nominations.source_sheet,
    nominations.source_row,
    coalesce(nominations.year, year(nominations.received_on))::integer as nomination_year
from {{ ref('int_nominations') }} as nominations
inner join {{ ref('int_eligibility') }} as eligibility on nominations.nomination_id = eligibility.nomination_id
left join counted on nominations.nomination_id = counted.nomination_id
left join {{ ref('int_recipient_mentions') }} as mentions
    on mentions.about = 'nomination'
    and nominations.nomination_id = mentions.about_id
left join {{ ref('int_recipient_members') }} as members on mentions.recipient_key = members.recipient_key
