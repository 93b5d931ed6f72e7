{# No two rows with the same values of these columns. #}
{% test grain_is_unique(model, columns) -%}
select {{ columns | join(', ') }}
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{%- endtest %}
