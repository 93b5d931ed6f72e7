-- Grain: one row per kind of recipient: titles of the law in force tonight of which no step speaks, their clause not being at hand.
select gaps.recipient_kind, gaps.law_vi, gaps.awards_vi
from {{ ref('stg_ref__award_gaps') }} as gaps
cross join {{ ref('stg_meta__night') }} as night
where night.as_of >= gaps.valid_from and (gaps.valid_to is null or night.as_of <= gaps.valid_to)
