-- Grain: one row per unit and unit whose roll-up holds it tonight (itself included, always).
select pairs.unit_code, pairs.ancestor_code
from {{ source('ref', 'unit_ancestors') }} as pairs
cross join {{ source('meta', 'night') }} as night
where
    pairs.unit_code = pairs.ancestor_code
    or (
        coalesce(pairs.valid_from <= night.as_of, true)
        and coalesce(pairs.valid_to >= night.as_of, true)
    )
