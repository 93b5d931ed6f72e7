-- Grain: one row per phase of a programme.
select * from {{ source('ref', 'phases') }}
