-- Grain: one row per law and kind of recipient of which some titles have no step, their clause not being at hand.
select * from {{ source('ref', 'award_gaps') }}
