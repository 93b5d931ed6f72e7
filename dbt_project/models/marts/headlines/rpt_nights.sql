-- Grain: one row per run of a night, the newest thirty: how long its stages took and the most memory one of them had.
-- A view until publication: the newest run is told up to there.
{{ config(materialized='view') }}
with stages as (
    select run_id, sum(seconds) as seconds, max(peak_mb) as peak_mb
    from {{ ref('stg_meta__night_stages') }}
    group by run_id
)

select
    nights.run_id,
    nights.as_of,
    nights.started_at,
    nights.published,
    nights.reason,
    coalesce(round(stages.seconds, 1), 0)::double as seconds,
    coalesce(round(stages.peak_mb), 0)::bigint as peak_mb
from {{ ref('stg_meta__nights') }} as nights
left join stages on nights.run_id = stages.run_id
qualify row_number() over (order by nights.started_at desc, nights.run_id) <= 30
