-- Grain: one row per award, of a list or told by a record, that a list takes back for certain, with the decision that did.
select
    matches.event_id,
    min(revoked.row_id) as revocation_id,
    -- without a decision in the title, a row that is matched by its year tells of the one that takes back
    min(coalesce(revoked.revoking_no, case when not matches.is_of_decision then revoked.decision_no end)) as revoked_no,
    min(coalesce(revoked.revoking_date, case when not matches.is_of_decision then revoked.decision_date end)) as revoked_on,
    min(revoked.source_file) as revoked_in
from {{ ref('int_revocation_matches') }} as matches
inner join {{ ref('int_revocations') }} as revoked on matches.row_id = revoked.row_id
where matches.is_certain
group by matches.event_id
