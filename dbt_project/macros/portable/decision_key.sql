{# A decision's number as it is compared: small letters, no blanks. #}
{% macro decision_key(decision_no) %}{{ return(adapter.dispatch('decision_key')(decision_no)) }}{% endmacro %}

{% macro default__decision_key(decision_no) -%}
    regexp_replace(lower({{ decision_no }}), '\s+', '', 'g')
{%- endmacro %}
