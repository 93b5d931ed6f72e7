-- Grain: one row per key that stands together with others, other key it is joined with, and what joins them.
select
    members.recipient_id,
    links.recipient_key,
    links.other_key,
    links.reason,
    joins.decided_by,
    joins.decided_on,
    joins.why
from {{ ref('int_recipient_links') }} as links
inner join {{ ref('int_recipient_members') }} as members on links.recipient_key = members.recipient_key
inner join {{ ref('int_recipient_members') }} as others
    on links.other_key = others.recipient_key
    and members.recipient_id = others.recipient_id
left join {{ ref('stg_ref__recipient_joins') }} as joins
    on links.reason = 'decided'
    and joins.is_join
    and links.recipient_key = least(joins.one, joins.other)
    and links.other_key = greatest(joins.one, joins.other)
where links.is_certain
