-- Grain: one row per form that goes with a nomination and is none itself.
select * from {{ source('ref', 'attached_forms') }}
