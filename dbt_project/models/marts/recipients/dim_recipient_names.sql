-- Grain: one row per name to search by, unit and recipient. Stands in the order of names: who looks up a name reads little.
{{ config(meta={'by': 'unit'}) }}
select distinct
    keys.name_search,
    keys.unit_code,
    coalesce(members.recipient_id, keys.recipient_key) as recipient_id
from {{ ref('int_recipient_keys') }} as keys
left join {{ ref('int_recipient_members') }} as members on keys.recipient_key = members.recipient_key

union

-- whose name holds more than a name is found by the name alone, too
select
    asides.bare_search,
    keys.unit_code,
    coalesce(members.recipient_id, keys.recipient_key)
from {{ ref('int_recipient_asides') }} as asides
inner join {{ ref('int_recipient_keys') }} as keys on asides.recipient_key = keys.recipient_key
left join {{ ref('int_recipient_members') }} as members on asides.recipient_key = members.recipient_key
