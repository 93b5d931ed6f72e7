{# Texts of a group in one, in an order. #}
{% macro told_together(what, order) %}{{ return(adapter.dispatch('told_together')(what, order)) }}{% endmacro %}

{% macro default__told_together(what, order) -%}
    string_agg({{ what }}, '; ' order by {{ order }})
{%- endmacro %}
