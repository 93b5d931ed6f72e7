-- Grain: one row per key by which a recipient is told tonight, in lists, records or nominations.
{{ config(meta={'by': 'unit'}) }}
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
        award_year as year,
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
        year,
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
        case when min(position) is null then 0 when min(lower(position)) = max(lower(position)) then 1 else 2 end as posts,
        case when min(born) is null then 0 when min(born) = max(born) then 1 else 2 end as births
    from ways
    group by recipient_key
),

-- names and workplaces come again and again: each is turned into what is compared once
words as (
    select told, {{ slug('told') }} as search, {{ place_key('told') }} as place
    from (select name_key as told from keys union select workplace_key from keys)
),

-- a post changes through the years; two in one year are told of two people
at_once as (
    select distinct recipient_key
    from (
        select told.recipient_key
        from told
        inner join keys on told.recipient_key = keys.recipient_key
        where keys.posts = 2
        group by told.recipient_key, told.year
        having min(lower(told.position)) <> max(lower(told.position))
    )
)

select
    keys.recipient_key,
    keys.recipient_kind,
    keys.name_key,
    keys.recipient_name,
    keys.unit_code,
    keys.workplace_key,
    keys.workplace,
    keys.position,
    case when keys.posts = 2 and at_once.recipient_key is null then 1 else keys.posts end as positions,
    keys.births,
    names.search as name_search,
    workplaces.place as workplace_search,
    case
        when keys.workplace_key is not null then 'workplace' when keys.position is not null then 'position' else 'unit'
    end as basis
from keys
left join at_once on keys.recipient_key = at_once.recipient_key
left join words as names on keys.name_key = names.told
left join words as workplaces on keys.workplace_key = workplaces.told
