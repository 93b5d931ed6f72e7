-- Grain: one row per vocabulary, code and word for it.
select * from {{ source('ref', 'words') }}
