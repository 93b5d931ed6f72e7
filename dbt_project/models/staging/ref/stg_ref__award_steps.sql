-- Grain: one row per step of a ladder of the law and kind of recipient.
select * from {{ source('ref', 'award_steps') }}
