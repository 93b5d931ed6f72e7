-- Grain: one row per programme.
select * from {{ source('ref', 'programmes') }}
