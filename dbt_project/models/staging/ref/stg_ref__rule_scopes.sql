-- Grain: one row per rule and kind of record it is about.
select * from {{ source('ref', 'rule_scopes') }}
