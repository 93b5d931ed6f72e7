{# A roll-up is the sum of the own numbers of the units it holds. Failing: units and rows (`by`) where it is not. #}
{% test rolls_up(model, by, rollups) %}
{% set columns = ['collectives', 'individuals', 'households', 'grassroots_collectives', 'direct_individuals'] %}
with below as (
    select
        own.programme_id,
        rollups.ancestor_code as unit_code,
        {% for one in by %}own.{{ one }}{{ ", " if not loop.last }}{% endfor %}
        {%- for column in columns %},
        sum(own.{{ column }}) as {{ column }}
        {%- endfor %}
    from {{ model }} as own
    inner join {{ rollups }} as rollups on own.unit_code = rollups.unit_code
    where own.scope = 'own'
    group by all
)

select whole.programme_id, whole.unit_code{% for one in by %}, whole.{{ one }}{% endfor %}
from {{ model }} as whole
left join below
    on whole.programme_id = below.programme_id
    and whole.unit_code = below.unit_code
    {% for one in by %}and whole.{{ one }} is not distinct from below.{{ one }}
    {% endfor %}
where whole.scope = 'rollup' and ({% for column in columns %}
    whole.{{ column }} <> coalesce(below.{{ column }}, 0){{ " or" if not loop.last }}
{%- endfor %})
{% endtest %}
