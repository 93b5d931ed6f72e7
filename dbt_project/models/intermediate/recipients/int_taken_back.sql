-- Grain: one row per award and row of a list, or decision of a document, that takes it back for certain.
{{ config(materialized='view') }}
select
    matches.event_id,
    matches.recipient_id,
    matches.row_id,
    matches.row_id as taking_id,
    -- without a decision in the title, a row that is matched by its year tells of the one that takes back
    coalesce(revoked.revoking_no, case when not matches.is_of_decision then revoked.decision_no end) as revoked_no,
    coalesce(revoked.revoking_date, case when not matches.is_of_decision then revoked.decision_date end) as revoked_on,
    revoked.programme_id,
    revoked.unit_code,
    revoked.form_id,
    revoked.submission_id,
    revoked.source_file,
    revoked.source_sheet,
    revoked.source_row,
    revoked.source_cell
from {{ ref('int_revocation_matches') }} as matches
inner join {{ ref('int_revocations') }} as revoked on matches.row_id = revoked.row_id
where matches.is_certain

union all

select
    matches.event_id,
    matches.recipient_id,
    matches.row_id,
    -- one a title: a decision may have given several
    concat_ws(':', matches.row_id, matches.recipient_id, awards.award_code) as taking_id,
    revoked.revoking_no as revoked_no,
    revoked.revoking_date as revoked_on,
    revoked.programme_id,
    revoked.unit_code,
    revoked.form_id,
    revoked.submission_id,
    revoked.source_file,
    revoked.source_sheet,
    revoked.source_row,
    revoked.source_cell
from {{ ref('int_revoked_decision_matches') }} as matches
inner join {{ ref('int_revoked_decisions') }} as revoked on matches.row_id = revoked.row_id
inner join {{ ref('int_recipient_awards') }} as awards on matches.event_id = awards.event_id
where matches.is_certain
