-- Grain: one row per condition of a step and code of an award or rating that meets it.
select * from {{ source('ref', 'award_need_codes') }}
