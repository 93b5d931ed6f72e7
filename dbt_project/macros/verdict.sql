{# pass where the condition holds, else fail. #}
{% macro verdict(condition) -%}
    case when {{ condition }} then 'pass' else 'fail' end
{%- endmacro %}
