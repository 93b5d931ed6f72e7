-- Grain: one row per step of a ladder and kind of recipient in the law that is in force tonight.
select steps.*
from {{ ref('stg_ref__award_steps') }} as steps
cross join {{ ref('stg_meta__night') }} as night
where night.as_of >= steps.valid_from and (steps.valid_to is null or night.as_of <= steps.valid_to)
