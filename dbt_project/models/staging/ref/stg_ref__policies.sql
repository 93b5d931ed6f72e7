-- Grain: one row per policy, with the value in force.
select * from {{ source('ref', 'policies') }}
