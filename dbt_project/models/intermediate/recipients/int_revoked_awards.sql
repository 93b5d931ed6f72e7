-- Grain: one row per award, of a list or told by a record, that a row of a list or a document takes back for certain, with the
-- decision that did. unit_code: of the award.
select
    awards.unit_code,
    taken.event_id,
    min(taken.revoked_no) as revoked_no,
    min(taken.revoked_on) as revoked_on,
    min(taken.source_file) as revoked_in
from {{ ref('int_taken_back') }} as taken
inner join {{ ref('int_recipient_awards') }} as awards on taken.event_id = awards.event_id
group by awards.unit_code, taken.event_id
