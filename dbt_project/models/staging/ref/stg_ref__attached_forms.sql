-- Grain: one row per programme and form that goes with a nomination and is none itself.
select * from {{ source('ref', 'attached_forms') }}
