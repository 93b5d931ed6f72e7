-- Grain: one row per programme and night up to tonight: what came, what was mended, what stayed open after it.
-- Waived findings are in no number. A finding that came back counts as it stands tonight.
with nights as (
    select nights.as_of
    from {{ ref('stg_quality__nights') }} as nights
    inner join {{ ref('stg_meta__night') }} as tonight on nights.as_of <= tonight.as_of
),

moves as (
    select programme_id, first_seen_on as as_of, 1 as came, 0 as went
    from {{ ref('fct_findings') }}
    where status <> 'waived'
    union all
    select programme_id, fixed_on, 0, 1
    from {{ ref('fct_findings') }}
    where status = 'fixed'
),

sums as (
    select
        programmes.programme_id,
        nights.as_of,
        coalesce(sum(moves.came), 0)::bigint as came,
        coalesce(sum(moves.went), 0)::bigint as went
    from {{ ref('dim_programmes') }} as programmes
    cross join nights
    left join moves on programmes.programme_id = moves.programme_id and nights.as_of = moves.as_of
    group by programmes.programme_id, nights.as_of
)

select
    programme_id,
    as_of,
    came as new_findings,
    went as fixed_findings,
    sum(came - went) over (partition by programme_id order by as_of)::bigint as open_findings
from sums
