-- Grain: one row per nomination and phase it counts in: one, or two where a policy counts a shared year twice.
select nomination_id, phase_id
from {{ ref('int_nominations') }}
where phase_id is not null

union

select nominations.nomination_id, other.phase_id
from {{ ref('int_nominations') }} as nominations
inner join {{ ref('stg_ref__phases') }} as other
    on nominations.programme_id = other.programme_id
    and other.kind = 'declared'
    and year(nominations.received_on) between other.first_year and other.last_year
where nominations.phase_id is not null
    and {{ policy('POL-CB-2023-OVERLAP') }} = '"count_in_both"'
