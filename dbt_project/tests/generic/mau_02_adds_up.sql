{# TC = I + II + III in every column of counts. Failing: units and scopes where it is not so. #}
{% test mau_02_adds_up(model) %}
{% set columns = ['collectives', 'individuals', 'households', 'grassroots_collectives', 'direct_individuals'] %}
select programme_id, unit_code, scope
from {{ model }}
group by programme_id, unit_code, scope
having {% for column in columns %}
    sum({{ column }}) filter (where row_type = 'group') <> sum({{ column }}) filter (where row_type = 'total')
    or sum({{ column }}) filter (where row_type in ('line', 'sibling_line'))
    <> sum({{ column }}) filter (where row_type = 'total'){{ " or " if not loop.last }}
{% endfor %}
{% endtest %}
