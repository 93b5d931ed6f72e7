-- Grain: one row per quota and condition on who is among those nominated.
select * from {{ source('ref', 'quota_conditions') }}
