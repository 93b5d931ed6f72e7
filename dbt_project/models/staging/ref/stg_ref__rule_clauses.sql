-- Grain: one row per literal of a clause of a rule's tree.
select * from {{ source('ref', 'rule_clauses') }}
