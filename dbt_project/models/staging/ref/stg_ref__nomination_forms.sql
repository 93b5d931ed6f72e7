-- Grain: one row per form that names nominees.
select * from {{ source('ref', 'nomination_forms') }}
