{# A JSON object as text from names and expressions; values are texts. #}
{% macro json_texts(values) %}{{ return(adapter.dispatch('json_texts')(values)) }}{% endmacro %}

{% macro default__json_texts(values) -%}
    to_json({
        {%- for name, value in values.items() %}'{{ name }}': coalesce({{ value }}::varchar, ''){{ ", " if not loop.last }}{% endfor -%}
    })::varchar
{%- endmacro %}
