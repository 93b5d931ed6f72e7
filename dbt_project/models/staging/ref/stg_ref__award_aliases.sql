-- Grain: one row per way to write an award, and whether it is meant so by units of the City only.
select * from {{ source('ref', 'award_aliases') }}
