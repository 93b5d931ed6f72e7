-- Grain: one row per award, of a list or told by a record, that a row of a list or a document takes back for certain, with the
-- decision that did.
select
    event_id,
    min(revoked_no) as revoked_no,
    min(revoked_on) as revoked_on,
    min(source_file) as revoked_in
from {{ ref('int_taken_back') }}
group by event_id
