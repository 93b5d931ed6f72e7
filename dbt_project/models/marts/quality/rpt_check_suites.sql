-- Grain: night, suite; «all» stands for every suite of the night. A view, as rpt_checks is until publication.
{{ config(materialized='view') }}
select
    as_of,
    coalesce(suite_vi, 'all') as suite_vi,
    count(*) as checks,
    count(*) filter (where passed) as passed,
    count(*) filter (where not passed) as failed,
    count(*) filter (where is_blocking) as blocking
from {{ ref('rpt_checks') }}
group by grouping sets ((as_of, suite_vi), (as_of))
