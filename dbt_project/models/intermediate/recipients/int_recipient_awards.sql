-- Grain: one row per award event of a list, and per award that a record tells, with the recipient it is of.
{{ config(materialized='view') }}
select
    coalesce(members.recipient_id, events.recipient_key) as recipient_id,
    events.recipient_key,
    events.award_id as event_id,
    false as is_told,
    events.recipient_kind,
    events.programme_id,
    events.unit_code,
    events.award_code,
    null::varchar as text_raw,
    events.sub_kind,
    events.award_year,
    events.decision_no,
    events.decision_date,
    events.form_id,
    events.withdrawn,
    events.recipient_name,
    events.name_key,
    events.submission_id,
    events.source_file,
    events.source_sheet,
    events.source_row,
    events.source_cell
from {{ ref('int_award_events') }} as events
left join {{ ref('int_recipient_members') }} as members on events.recipient_key = members.recipient_key
where events.recipient_key is not null

union all

select
    coalesce(members.recipient_id, told.recipient_key),
    told.recipient_key,
    told.told_id,
    true,
    told.recipient_kind,
    told.programme_id,
    told.unit_code,
    told.code,
    told.text_raw,
    null,
    told.year,
    told.decision_no,
    told.decision_date,
    told.form_id,
    null,
    told.recipient_name,
    told.name_key,
    told.submission_id,
    told.source_file,
    told.source_sheet,
    told.source_row,
    told.source_cell
from {{ ref('int_recipient_told') }} as told
left join {{ ref('int_recipient_members') }} as members on told.recipient_key = members.recipient_key
where told.event_kind = 'award_told'
