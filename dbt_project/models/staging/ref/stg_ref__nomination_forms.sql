-- Grain: one row per programme and form that names nominees.
select * from {{ source('ref', 'nomination_forms') }}
