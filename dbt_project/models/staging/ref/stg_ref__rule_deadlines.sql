-- Grain: one row per rule and cell of coverage whose deadline it is about.
select * from {{ source('ref', 'rule_deadlines') }}
