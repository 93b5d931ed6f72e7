-- Grain: one row per unit and unit whose roll-up holds it tonight (itself included, always).
select pairs.unit_code, pairs.ancestor_code
from {{ ref('stg_ref__unit_ancestors') }} as pairs
cross join {{ ref('stg_meta__night') }} as night
where
    pairs.unit_code = pairs.ancestor_code
    or (
        coalesce(pairs.valid_from <= night.as_of, true)
        and coalesce(pairs.valid_to >= night.as_of, true)
    )
