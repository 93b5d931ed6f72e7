-- Grain: one row per recognised form in a file.
select * from {{ source('raw', 'parts') }}
