-- Grain: one row per award and kind of recipient it is given to.
select * from {{ source('ref', 'award_kinds') }}
