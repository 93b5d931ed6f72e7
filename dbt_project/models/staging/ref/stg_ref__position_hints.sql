-- Grain: one row per beginning of a post that tells the class of its holder; the smaller hint_order is asked first.
select * from {{ source('ref', 'position_hints') }}
