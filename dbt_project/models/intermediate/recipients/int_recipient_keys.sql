-- Grain: one row per key by which a recipient is told tonight, in lists, records or nominations.
with told as (
    select
        recipient_key,
        recipient_kind,
        name_key,
        recipient_name,
        unit_code,
        workplace_key,
        workplace,
        position,
        null::date as born,
        received_on
    from {{ ref('int_award_events') }}
    where recipient_key is not null

    union all

    select
        recipient_key,
        recipient_kind,
        name_key,
        recipient_name,
        unit_code,
        workplace_key,
        workplace,
        position,
        born,
        received_on
    from {{ ref('int_recipient_mentions') }}
),

-- whoever is told often is told alike: ways to tell are few
ways as (
    select
        recipient_key,
        recipient_kind,
        name_key,
        recipient_name,
        unit_code,
        workplace_key,
        workplace,
        position,
        born,
        max(received_on) as received_on
    from told
    group by recipient_key, recipient_kind, name_key, recipient_name, unit_code, workplace_key, workplace, position, born
),

keys as (
    select
        recipient_key,
        min(recipient_kind) as recipient_kind,
        min(name_key) as name_key,
        min(recipient_name) as recipient_name,
        min(unit_code) as unit_code,
        min(workplace_key) as workplace_key,
        min(workplace) as workplace,
        -- the latest told
        max_by(position, (received_on, position)) as position,
        -- none, one, or two where there are more
        case when min(position) is null then 0 when min(lower(position)) = max(lower(position)) then 1 else 2 end as positions,
        case when min(born) is null then 0 when min(born) = max(born) then 1 else 2 end as births
    from ways
    group by recipient_key
)

select
    keys.*,
    {{ slug('name_key') }} as name_search,
    {{ place_key('workplace_key') }} as workplace_search,
    case
        when workplace_key is not null then 'workplace' when position is not null then 'position' else 'unit'
    end as basis
from keys
