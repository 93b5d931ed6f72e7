-- Grain: one row per document that a cell asks for, and form it may come on.
select * from {{ source('ref', 'coverage_requirements') }}
