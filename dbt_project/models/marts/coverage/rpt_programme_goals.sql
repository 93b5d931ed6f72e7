-- Grain: one row per goal of a programme.
with goals as (
    select
        quotas.*,
        {{ json_list('count_kinds') }} as kinds,
        {{ json_list('goal_award_codes') }} as award_codes
    from {{ ref('stg_ref__quotas') }} as quotas
    where is_goal
),

-- «khoảng 70»: the target and its band are a policy
bands as (
    select
        'Q-LS-TONG70' as goal_id,
        json_extract(value, '$.target')::integer as target,
        json_extract(value, '$.warn_low')::integer as band_low,
        json_extract(value, '$.warn_high')::integer as band_high
    from {{ ref('stg_ref__policies') }}
    where policy_id = 'POL-LS-70'
),

awarded as (
    select goals.quota_id, count(*) as counted
    from goals
    inner join {{ ref('fct_awards') }} as awards
        on goals.programme_id = awards.programme_id
        and list_contains(goals.award_codes, awards.award_code)
        and list_contains(goals.kinds, awards.recipient_kind)
    inner join {{ ref('stg_ref__programmes') }} as programmes
        on goals.programme_id = programmes.programme_id
        and awards.award_year between programmes.first_award_year and programmes.last_award_year
    group by goals.quota_id
),

-- a goal without awards counts what the units propose under their caps
proposed as (
    select goals.quota_id, count(*) as counted
    from goals
    inner join {{ ref('int_coverage_counted') }} as counted
        on goals.programme_id = counted.programme_id
        and list_contains(goals.kinds, counted.recipient_kind)
    where len(goals.award_codes) = 0 and counted.test = 'cap_use' and counted.reason = 'counted'
    group by goals.quota_id
),

sums as (
    select
        goals.*,
        coalesce(bands.target, goals.target, goals.min) as aim,
        bands.band_low,
        bands.band_high,
        coalesce(awarded.counted, proposed.counted, 0) as counted
    from goals
    left join bands on goals.quota_id = bands.goal_id
    left join awarded on goals.quota_id = awarded.quota_id
    left join proposed on goals.quota_id = proposed.quota_id
)

select
    programme_id,
    quota_id as goal_id,
    aim::integer as target,
    counted::integer as counted,
    band_low,
    band_high,
    case
        when band_low is null and counted >= aim then 'reached'
        when band_low is null then 'not_reached'
        when counted < band_low then 'below_band'
        when counted > band_high then 'above_band'
        else 'within_band'
    end as standing,
    document,
    section,
    quote,
    seed_ref
from sums
