{# The stages of a night, which stand as JSON in one column: a row each with name, seconds, peak_mb, in a select list. #}
{% macro each_stage(stages) %}{{ return(adapter.dispatch('each_stage')(stages)) }}{% endmacro %}

{% macro default__each_stage(stages) -%}
    unnest(
        from_json({{ stages }}, '[{"name": "VARCHAR", "seconds": "DOUBLE", "peak_mb": "DOUBLE"}]'), recursive := true
    )
{%- endmacro %}
