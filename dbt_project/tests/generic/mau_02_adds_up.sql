{# TC = I + II + III, and they hold the lines, with or without unnumbered siblings (POL-M02-SIBLING).
   Failing: units and scopes where a column of counts does not add up. #}
{% test mau_02_adds_up(model) %}
{% set columns = ['collectives', 'individuals', 'households', 'grassroots_collectives', 'direct_individuals'] %}
with sums as (
    select
        programme_id,
        unit_code,
        scope
        {%- for column in columns %},
        sum({{ column }}) filter (where row_type = 'total') as total_{{ column }},
        sum({{ column }}) filter (where row_type = 'group') as groups_{{ column }},
        sum({{ column }}) filter (where row_type = 'line') as lines_{{ column }},
        sum({{ column }}) filter (where row_type = 'sibling_line') as siblings_{{ column }}
        {%- endfor %}
    from {{ model }}
    group by programme_id, unit_code, scope
)

select *
from sums
where {% for column in columns %}
    total_{{ column }} <> groups_{{ column }}
    or total_{{ column }} not in (lines_{{ column }}, lines_{{ column }} + siblings_{{ column }}){{ " or " if not loop.last }}
{% endfor %}
{% endtest %}
