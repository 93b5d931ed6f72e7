-- Grain: one row per field and code that a page or report prints in words.
select * from {{ source('ref', 'codes') }}
