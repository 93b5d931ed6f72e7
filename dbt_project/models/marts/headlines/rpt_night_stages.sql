-- Grain: one row per stage of the newest run, «all» for the run: beside the middle of the published runs before it.
-- Of the run the middles of its own stages are added up: earlier runs went on after publication, it is told up to there.
{{ config(materialized='view') }}
with runs as (
    select
        run_id,
        published,
        row_number() over (order by started_at desc, run_id) = 1 as is_newest
    from {{ ref('rpt_nights') }}
),

stages as (
    select
        runs.run_id,
        runs.is_newest,
        runs.published,
        stages.name as stage,
        sum(stages.seconds) as seconds,
        max(stages.peak_mb) as peak_mb
    from {{ ref('stg_meta__night_stages') }} as stages
    inner join runs on stages.run_id = runs.run_id
    group by runs.run_id, runs.is_newest, runs.published, stages.name
),

before as (
    select stage, median(seconds)::double as seconds
    from stages
    where published and not is_newest
    group by stage
),

compared as (
    select stages.stage, stages.seconds, stages.peak_mb, before.seconds as usual_seconds
    from stages
    left join before on stages.stage = before.stage
    where stages.is_newest
)

select
    stage,
    round(seconds, 1)::double as seconds,
    round(peak_mb)::bigint as peak_mb,
    round(usual_seconds, 1)::double as usual_seconds
from compared

union all

-- a stage never seen before counts as it took
select
    'all',
    round(sum(seconds), 1)::double,
    round(max(peak_mb))::bigint,
    case when count(usual_seconds) > 0 then round(sum(coalesce(usual_seconds, seconds)), 1)::double end
from compared
having count(*) > 0
