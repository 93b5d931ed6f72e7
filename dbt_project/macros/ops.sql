{# Joints of trees; all other nodes are leaves. #}
{% macro inner_ops() -%}
    ('all', 'any', 'not', 'if', 'warns', 'sure')
{%- endmacro %}
{# Leaves that see of a fact only whether it is there and which code it has, never its year or number. #}
{% macro plain_ops() -%}
    ('present', 'field_present', 'signed', 'flag', 'in', 'mentions', 'field_known', 'field_allows')
{%- endmacro %}
