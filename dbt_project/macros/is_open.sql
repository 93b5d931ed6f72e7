{# A finding that still asks for something tonight. #}
{% macro is_open(status) -%}
    {{ status }} in ('new', 'open', 'reopened')
{%- endmacro %}
