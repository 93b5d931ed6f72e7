-- Grain: one row per night and check, the last thirty nights: what Great Expectations asserted and how it came out.
-- A view until publication: the checkpoint before publication comes after the marts.
{{ config(materialized='view') }}
with night as (
    select as_of from {{ ref('stg_meta__night') }}
),

nights as (
    select distinct checks.as_of
    from {{ ref('stg_quality__check_nights') }} as checks
    inner join night on checks.as_of <= night.as_of
    order by checks.as_of desc
    limit 30
)

select
    checks.as_of,
    checks.stage,
    checks.suite_vi,
    checks.check_id,
    checks.expectation_id,
    checks.what_vi,
    checks.is_blocking,
    checks.failed = 0 as passed,
    checks.checked,
    checks.failed,
    count(*) over (partition by checks.check_id) as nights,
    count(*) filter (where checks.failed > 0) over (partition by checks.check_id) as failed_nights,
    checks.why_vi,
    checks.do_vi
from {{ ref('stg_quality__check_nights') }} as checks
inner join nights on checks.as_of = nights.as_of
