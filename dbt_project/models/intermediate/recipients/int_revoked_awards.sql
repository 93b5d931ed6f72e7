-- Grain: one row per award, of a list or told by a record, that a row of a list or a document takes back for certain, with the
-- decision that did.
with taken as (
    select
        matches.event_id,
        -- without a decision in the title, a row that is matched by its year tells of the one that takes back
        coalesce(revoked.revoking_no, case when not matches.is_of_decision then revoked.decision_no end) as revoked_no,
        coalesce(revoked.revoking_date, case when not matches.is_of_decision then revoked.decision_date end) as revoked_on,
        revoked.source_file
    from {{ ref('int_revocation_matches') }} as matches
    inner join {{ ref('int_revocations') }} as revoked on matches.row_id = revoked.row_id
    where matches.is_certain

    union all

    select
        matches.event_id,
        revoked.revoking_no,
        revoked.revoking_date,
        revoked.source_file
    from {{ ref('int_revoked_decision_matches') }} as matches
    inner join {{ ref('int_revoked_decisions') }} as revoked on matches.row_id = revoked.row_id
    where matches.is_certain
)

select
    event_id,
    min(revoked_no) as revoked_no,
    min(revoked_on) as revoked_on,
    min(source_file) as revoked_in
from taken
group by event_id
