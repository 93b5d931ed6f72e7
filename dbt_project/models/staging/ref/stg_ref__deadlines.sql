-- Grain: one row per cell of coverage: its deadline, as the documents word it.
select * from {{ source('ref', 'deadlines') }}
