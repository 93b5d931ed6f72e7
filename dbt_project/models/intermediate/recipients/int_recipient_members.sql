-- Grain: one row per key that stands together with others: the recipient it is of. A key without a row is a recipient of
-- its own, with its key as id. What joins is certain; what a decision keeps apart, and two days of birth, undo all that only
-- evidence joined there.
-- The id is the key that was received first, in whatever version of a list, so that a later one never takes it over.
with recursive certain as (
    select recipient_key, other_key, reason from {{ ref('int_recipient_links') }} where is_certain
),

edges as (
    select recipient_key, other_key from certain
    union
    select other_key, recipient_key from certain
),

decided as (
    select recipient_key, other_key from certain where reason = 'decided'
    union
    select other_key, recipient_key from certain where reason = 'decided'
),

{{ connected('all_reach', 'edges') }},

{{ connected('decided_reach', 'decided') }},

born as (
    select distinct recipient_key, born from {{ ref('int_recipient_mentions') }} where born is not null
),

apart as (
    select one, other from {{ ref('stg_ref__recipient_joins') }} where not is_join

    union

    -- two days of birth are two people
    select tied.recipient_key, tied.other_key
    from all_reach as tied
    inner join born as one on tied.recipient_key = one.recipient_key
    inner join born as other on tied.other_key = other.recipient_key
    where one.born <> other.born and tied.recipient_key <> tied.other_key
),

torn as (
    -- keys that evidence joined with two who are apart
    select distinct reach.other_key as recipient_key
    from apart
    inner join all_reach as tied
        on apart.one = tied.recipient_key
        and apart.other = tied.other_key
    inner join all_reach as reach on apart.one = reach.recipient_key
),

reach as (
    select recipient_key, other_key from all_reach where recipient_key not in (select recipient_key from torn)
    union
    select recipient_key, other_key from decided_reach where recipient_key in (select recipient_key from torn)
    union
    select recipient_key, recipient_key from edges
),

-- names that lists tell, as they tell them, of keys that stand with others
names as (
    select recipient_kind, name_key
    from (select distinct recipient_kind, name_key from {{ ref('stg_raw__award_rows') }})
    where {{ person_key('name_key', 'recipient_kind') }} in (
        select keys.name_key
        from {{ ref('int_recipient_keys') }} as keys
        inner join edges on keys.recipient_key = edges.recipient_key
    )
),

ever as (
    -- the first sight of a key in a list, of all its versions
    select
        {{ recipient_key('rows.recipient_kind', 'rows.name_key', 'files.unit_code', 'rows.workplace_key', 'rows.position') }}
            as recipient_key,
        min(files.received_on) as first_received_on
    from {{ ref('stg_raw__award_rows') }} as rows
    inner join {{ ref('int_files') }} as files on rows.submission_id = files.submission_id
    inner join names
        on rows.name_key = names.name_key
        and rows.recipient_kind is not distinct from names.recipient_kind
    where files.is_readable
    group by all
),

ordered as (
    select
        reach.recipient_key,
        reach.other_key,
        row_number() over (
            partition by reach.recipient_key
            order by ever.first_received_on nulls last, reach.other_key
        ) as place
    from reach
    inner join {{ ref('int_recipient_keys') }} as keys on reach.other_key = keys.recipient_key
    left join ever on reach.other_key = ever.recipient_key
)

select keys.unit_code, ordered.recipient_key, ordered.other_key as recipient_id
from ordered
inner join {{ ref('int_recipient_keys') }} as keys on ordered.recipient_key = keys.recipient_key
where ordered.place = 1
