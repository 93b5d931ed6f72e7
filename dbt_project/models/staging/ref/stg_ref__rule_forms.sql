-- Grain: one row per rule, role and form.
select * from {{ source('ref', 'rule_forms') }}
