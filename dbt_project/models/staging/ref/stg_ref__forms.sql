-- Grain: one row per form.
select * from {{ source('ref', 'forms') }}
