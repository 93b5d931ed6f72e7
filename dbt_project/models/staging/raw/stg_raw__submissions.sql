-- Grain: one row per file (and member of a package) ever seen.
select * from {{ source('raw', 'submissions') }}
