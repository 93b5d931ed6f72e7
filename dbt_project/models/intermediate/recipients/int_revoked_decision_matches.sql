-- Grain: one row per decision that a document takes back whole and award, of a list or told by a record, of the decision with
-- that number and day. Numbers and days recur: a decision of the State is one everywhere, one of the province in its programme, any
-- other is its unit's. Certain where the awards are of one decision.
with named as (
    select
        revoked.row_id,
        revoked.unit_code as sender_code,
        awards.event_id,
        awards.recipient_id,
        awards.unit_code,
        coalesce(kinds.level, '') in ('nha_nuoc', 'tinh_bo_nganh', 'bo_nganh') as is_of_province
    from {{ ref('int_revoked_decisions') }} as revoked
    inner join {{ ref('int_recipient_awards') }} as awards
        on revoked.decision_date = awards.decision_date
        and split_part({{ decision_key('revoked.decision_no') }}, '/', 1) = split_part({{ decision_key('awards.decision_no') }}, '/', 1)
        -- a list may write the number without its symbol
        and (
            {{ decision_key('revoked.decision_no') }} = {{ decision_key('awards.decision_no') }}
            or not contains(awards.decision_no, '/')
        )
    left join {{ ref('stg_ref__awards') }} as kinds on awards.award_code = kinds.award_code
    left join {{ ref('stg_ref__unit_ancestors') }} as rollups
        on awards.unit_code = rollups.unit_code
        and revoked.unit_code = rollups.ancestor_code
    where revoked.is_whole
        and (
            rollups.unit_code is not null
            or kinds.level = 'nha_nuoc'
            or (kinds.level in ('tinh_bo_nganh', 'bo_nganh') and revoked.programme_id = awards.programme_id)
        )
),

bodies as (
    -- decisions of units below the sender that happen to have one number and day
    select
        row_id,
        count(distinct case when is_of_province then '' else unit_code end) as bodies,
        bool_or(unit_code = sender_code and not is_of_province) as has_own
    from named
    group by row_id
)

select
    named.row_id,
    named.event_id,
    named.recipient_id,
    bodies.bodies,
    bodies.bodies = 1 or (bodies.has_own and named.unit_code = named.sender_code and not named.is_of_province) as is_certain
from named
inner join bodies on named.row_id = bodies.row_id
