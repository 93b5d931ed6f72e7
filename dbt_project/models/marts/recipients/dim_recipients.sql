-- Grain: one row per recipient.
{{ config(meta={'by': 'recipient'}) }}
with keys as (
    select
        *,
        row_number() over (
            partition by recipient_id
            order by case when recipient_key = recipient_id then 0 else 1 end, recipient_key
        ) as place
    from {{ ref('dim_recipient_keys') }}
),

told as (
    select
        recipient_id,
        count(*) filter (where event_kind = 'award' and not is_revoked) as awards,
        count(*) filter (where event_kind = 'award' and is_revoked) as revoked,
        count(*) filter (where event_kind = 'award_told' and not is_repeated and not is_revoked) as awards_told,
        count(*) filter (where event_kind in ('de_nghi', 'dang_ky', 'gioi_thieu')) as nominations,
        count(*) filter (where event_kind = 'rating') as ratings,
        min(event_year) as first_year,
        max(event_year) as last_year
    from {{ ref('fct_recipient_events') }}
    group by recipient_id
),

candidates as (
    select recipient_id, count(*) as candidates from {{ ref('rpt_recipient_candidates') }} group by recipient_id
),

joined as (
    select recipient_id, count(*) as keys from keys group by recipient_id
)

select
    keys.recipient_id,
    keys.recipient_kind,
    keys.recipient_name,
    keys.unit_code,
    keys.workplace,
    keys.position,
    keys.basis,
    joined.keys::integer as keys,
    coalesce(told.awards, 0)::integer as awards,
    coalesce(told.revoked, 0)::integer as revoked,
    coalesce(told.awards_told, 0)::integer as awards_told,
    coalesce(told.nominations, 0)::integer as nominations,
    coalesce(told.ratings, 0)::integer as ratings,
    told.first_year,
    told.last_year,
    coalesce(candidates.candidates, 0)::integer as candidates
from keys
inner join joined on keys.recipient_id = joined.recipient_id
left join told on keys.recipient_id = told.recipient_id
left join candidates on keys.recipient_id = candidates.recipient_id
where keys.place = 1
