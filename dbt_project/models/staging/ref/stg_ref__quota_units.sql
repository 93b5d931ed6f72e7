-- Grain: one row per quota and unit it holds for.
select * from {{ source('ref', 'quota_units') }}
