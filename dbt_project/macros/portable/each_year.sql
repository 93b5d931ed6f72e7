{# A row for each year from the first to the last, in a select list. #}
{% macro each_year(first, last) %}{{ return(adapter.dispatch('each_year')(first, last)) }}{% endmacro %}

{% macro default__each_year(first, last) -%}
    unnest(range({{ first }}, {{ last }} + 1))::integer
{%- endmacro %}
