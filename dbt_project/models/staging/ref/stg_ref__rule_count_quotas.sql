-- Grain: one row per rule that counts and quota it holds to.
select * from {{ source('ref', 'rule_count_quotas') }}
