-- Grain: one row per rule on a date and cell of coverage it follows.
select * from {{ source('ref', 'rule_dues') }}
