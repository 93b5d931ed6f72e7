-- Grain: one row of tonight per check and row outside its bounds.
{{ config(materialized='view') }}
select
    failures.as_of,
    failures.stage,
    failures.check_id,
    failures.key,
    failures.told_vi
from {{ source('quality', 'check_failures') }} as failures
inner join {{ source('meta', 'night') }} as night on failures.as_of = night.as_of
