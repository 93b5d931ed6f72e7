-- Grain: one row of tonight per check and row outside its bounds.
{{ config(materialized='view') }}
select
    failures.as_of,
    failures.stage,
    failures.check_id,
    failures.key,
    failures.told_vi
from {{ ref('stg_quality__check_failures') }} as failures
inner join {{ ref('stg_meta__night') }} as night on failures.as_of = night.as_of
