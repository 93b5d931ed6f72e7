{# Whole days from one date to another; in the words of each engine. #}
{% macro days_between(from, to) -%}
    {{ return(adapter.dispatch('days_between')(from, to)) }}
{%- endmacro %}
{% macro default__days_between(from, to) -%}
    date_diff('day', {{ from }}, {{ to }})
{%- endmacro %}
{% macro spark__days_between(from, to) -%}
    datediff({{ to }}, {{ from }})
{%- endmacro %}
