-- Grain: one row per quota.
select * from {{ source('ref', 'quotas') }}
