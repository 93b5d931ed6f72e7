{# A day as people read it: 05/06/2020. #}
{% macro day_vi(day) -%}
    {{ return(adapter.dispatch('day_vi')(day)) }}
{%- endmacro %}
{% macro default__day_vi(day) -%}
    strftime({{ day }}, '%d/%m/%Y')
{%- endmacro %}
{% macro spark__day_vi(day) -%}
    date_format({{ day }}, 'dd/MM/yyyy')
{%- endmacro %}
