-- Grain: one row per award event.
{{ config(meta={'by': 'unit'}) }}
select
    events.award_id,
    events.programme_id,
    events.phase_id,
    events.unit_code,
    events.award_code,
    events.sub_kind,
    events.level,
    events.recipient_kind,
    events.recipient_name,
    coalesce(members.recipient_id, events.recipient_key) as recipient_id,
    events.position,
    events.workplace,
    events.object_class,
    events.is_direct,
    events.is_leader,
    events.award_year,
    events.decision_no,
    events.decision_date,
    revoked.event_id is not null as is_revoked,
    revoked.revoked_no,
    revoked.revoked_on,
    events.submission_id,
    events.source_file,
    events.source_sheet,
    events.source_row,
    events.source_cell
from {{ ref('int_award_events') }} as events
left join {{ ref('int_recipient_members') }} as members on events.recipient_key = members.recipient_key
left join {{ ref('int_revoked_awards') }} as revoked on events.award_id = revoked.event_id
