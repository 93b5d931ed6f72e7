-- Grain: one row per field of activity (lĩnh vực) of a programme; not the fields of a form.
select * from {{ source('ref', 'fields') }}
