-- Grain: one row per key of a person or household whose name holds more than a name: how a household is addressed («Hộ ông …»,
-- «… và vợ»), what stands in brackets or behind a dash («… (Phó Giám đốc)»). bare_search: the name alone, to search by.
{{ config(meta={'by': 'unit'}) }}
with keys as (
    select
        recipient_key,
        name_key,
        recipient_kind
    from {{ ref('int_recipient_keys') }}
    where recipient_kind is distinct from 'tap_the'
),

heads as (
    select
        keys.recipient_key,
        keys.name_key,
        max(length(words.word)) as head_length
    from keys
    inner join {{ ref('stg_ref__name_words') }} as words
        on words.kind = 'household'
        and starts_with(keys.name_key, words.word || ' ')
    group by keys.recipient_key, keys.name_key
),

-- whoever is told as a household, or called so
households as (
    select
        keys.recipient_key,
        substr(keys.name_key, coalesce(heads.head_length, 0) + case when heads.head_length is null then 1 else 2 end) as rest
    from keys
    left join heads on keys.recipient_key = heads.recipient_key
    where keys.recipient_kind = 'gia_dinh' or heads.recipient_key is not null
),

addresses as (
    select
        households.recipient_key,
        max(length(words.word)) as address_length,
        max_by(words.sex, length(words.word)) as sex
    from households
    inner join {{ ref('stg_ref__name_words') }} as words
        on words.kind = 'address'
        and starts_with(households.rest, words.word || ' ')
    group by households.recipient_key
),

plain as (
    select
        households.recipient_key,
        substr(
            households.rest, coalesce(addresses.address_length, 0) + case when addresses.address_length is null then 1 else 2 end
        ) as rest,
        addresses.sex
    from households
    left join addresses on households.recipient_key = addresses.recipient_key
),

couples as (
    select
        plain.recipient_key,
        min(strpos(plain.rest, ' ' || words.word)) as tail
    from plain
    inner join {{ ref('stg_ref__name_words') }} as words
        on words.kind = 'couple'
        and strpos(plain.rest, ' ' || words.word) > 0
    group by plain.recipient_key
),

named as (
    select
        plain.recipient_key,
        'household' as reason,
        case when couples.tail is null then plain.rest else substr(plain.rest, 1, couples.tail - 1) end as rest,
        plain.sex
    from plain
    left join couples on plain.recipient_key = couples.recipient_key

    union all

    select
        keys.recipient_key,
        'aside',
        keys.name_key,
        null
    from keys
    where keys.recipient_kind is distinct from 'gia_dinh'
        and keys.recipient_key not in (select recipient_key from heads)
        and (strpos(keys.name_key, '(') > 0 or strpos(keys.name_key, ' - ') > 0)
),

told as (
    select
        named.*,
        split_part(split_part(split_part(named.rest, '(', 1), ' - ', 1), ',', 1) as bare
    from named
),

slugged as (
    select
        told.recipient_key,
        told.reason,
        told.sex,
        {{ slug('told.bare') }} as bare_search,
        {{ slug('substr(told.rest, length(told.bare) + 1)') }} as aside_search
    from told
),

posts as (
    select distinct slugged.aside_search
    from slugged
    inner join {{ ref('stg_ref__name_words') }} as words
        on words.kind = 'post'
        and starts_with(slugged.aside_search || '_', {{ slug('words.word') }} || '_')
)

select
    keys.unit_code,
    slugged.recipient_key,
    slugged.reason,
    slugged.sex,
    slugged.bare_search,
    slugged.aside_search,
    posts.aside_search is not null as is_post
from slugged
inner join {{ ref('int_recipient_keys') }} as keys on slugged.recipient_key = keys.recipient_key
left join posts on slugged.aside_search = posts.aside_search
where slugged.bare_search <> '' and (slugged.bare_search <> keys.name_search or slugged.reason = 'household')
