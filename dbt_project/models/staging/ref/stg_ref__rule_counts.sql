-- Grain: one row per rule that counts nominations and year it counts.
select * from {{ source('ref', 'rule_counts') }}
