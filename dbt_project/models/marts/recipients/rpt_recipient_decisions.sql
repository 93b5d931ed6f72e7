-- Grain: one row per key that a decision of recipient_decisions.yaml names.
with named as (
    select decision_no, one as recipient_key, case when is_join then 'join' else 'apart' end as kind, decided_by, decided_on, why
    from {{ ref('stg_ref__recipient_joins') }}
    union
    select decision_no, other, case when is_join then 'join' else 'apart' end, decided_by, decided_on, why
    from {{ ref('stg_ref__recipient_joins') }}
    union
    select decision_no, recipient_key, 'split', decided_by, decided_on, why
    from {{ ref('stg_ref__recipient_splits') }}
)

select
    named.decision_no,
    named.recipient_key,
    named.kind,
    coalesce(members.recipient_id, keys.recipient_key) as recipient_id,
    keys.recipient_key is not null as is_seen,
    named.decided_by,
    named.decided_on,
    named.why
from named
left join {{ ref('int_recipient_keys') }} as keys on named.recipient_key = keys.recipient_key
left join {{ ref('int_recipient_members') }} as members on named.recipient_key = members.recipient_key
