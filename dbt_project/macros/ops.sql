{# Nodes that join what stands below them; all others are leaves. #}
{% macro inner_ops() -%}
    ('all', 'any', 'not', 'if', 'warns', 'criterion')
{%- endmacro %}
{# Leaves that see of a fact only whether it is there and which code it has, never its year or number. #}
{% macro plain_ops() -%}
    ('present', 'field_present', 'signed', 'flag', 'in', 'mentions', 'field_known', 'field_allows')
{%- endmacro %}
