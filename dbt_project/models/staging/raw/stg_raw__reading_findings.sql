-- Grain: one row per thing the reader could not take as it stood.
select * from {{ source('raw', 'reading_findings') }}
