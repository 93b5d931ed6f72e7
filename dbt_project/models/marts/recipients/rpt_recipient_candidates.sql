-- Grain: one row per recipient, other recipient that may be the same one, and reason. Both ways, so that either is found.
with links as (
    select
        coalesce(one.recipient_id, links.recipient_key) as recipient_id,
        coalesce(other.recipient_id, links.other_key) as other_id,
        links.reason
    from {{ ref('int_recipient_links') }} as links
    left join {{ ref('int_recipient_members') }} as one on links.recipient_key = one.recipient_key
    left join {{ ref('int_recipient_members') }} as other on links.other_key = other.recipient_key
),

apart as (
    select
        coalesce(one.recipient_id, joins.one) as recipient_id,
        coalesce(other.recipient_id, joins.other) as other_id
    from {{ ref('stg_ref__recipient_joins') }} as joins
    left join {{ ref('int_recipient_members') }} as one on joins.one = one.recipient_key
    left join {{ ref('int_recipient_members') }} as other on joins.other = other.recipient_key
    where not joins.is_join
),

both_ways as (
    select recipient_id, other_id, reason from links
    union
    select other_id, recipient_id, reason from links where other_id is not null
)

select recipient_id, other_id, reason
from both_ways
where recipient_id is distinct from other_id
    and not exists (
        select 1
        from apart
        where (apart.recipient_id = both_ways.recipient_id and apart.other_id = both_ways.other_id)
            or (apart.recipient_id = both_ways.other_id and apart.other_id = both_ways.recipient_id)
    )
