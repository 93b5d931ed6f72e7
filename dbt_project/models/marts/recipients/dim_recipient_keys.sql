-- Grain: one row per key by which a recipient is told. Stands in the order of recipient_id: who reads one recipient reads little.
{{ config(meta={'by': 'unit'}) }}
select
    coalesce(members.recipient_id, keys.recipient_key) as recipient_id,
    keys.recipient_key,
    keys.recipient_kind,
    keys.recipient_name,
    keys.unit_code,
    keys.workplace,
    keys.position,
    keys.positions::integer as positions,
    keys.births::integer as births,
    keys.basis
from {{ ref('int_recipient_keys') }} as keys
left join {{ ref('int_recipient_members') }} as members on keys.recipient_key = members.recipient_key
