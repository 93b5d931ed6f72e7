{# Leaves that see of a fact only whether it is there and which code it has, never its year or number. #}
{% macro plain_ops() -%}
    ('present', 'field_present', 'signed', 'flag', 'in', 'mentions', 'field_known', 'field_allows')
{%- endmacro %}
{# Those of them that compare the words of a text: other texts get no slug. #}
{% macro comparing_ops() -%}
    ('in', 'mentions', 'field_known', 'field_allows')
{%- endmacro %}
