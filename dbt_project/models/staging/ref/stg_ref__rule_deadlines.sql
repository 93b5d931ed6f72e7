-- Grain: one row per rule, cell of coverage whose deadline it is about, and period it counts (NULL: whatever it counts).
select * from {{ source('ref', 'rule_deadlines') }}
