-- Grain: one row per programme and type of unit: the middle of what its units reached, and of how many it is the middle.
{% set shares = ['complete_nominations_pct', 'direct_individuals_pct', 'cells_covered_pct'] %}
select
    units.programme_id,
    units.unit_type,
    {% for share in shares %}
    count(figures.{{ share }}) as units_with_{{ share | replace('_pct', '') }},
    median(figures.{{ share }})::double as median_{{ share }},
    {% endfor %}
    count(*) as units
from {{ ref('rpt_units') }} as figures
inner join {{ ref('dim_units') }} as units on figures.unit_code = units.unit_code
group by units.programme_id, units.unit_type
