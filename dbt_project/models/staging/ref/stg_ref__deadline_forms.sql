-- Grain: one row per cell of coverage and form that is due with it.
select * from {{ source('ref', 'deadline_forms') }}
