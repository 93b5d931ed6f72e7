{# The name by which records of one nominee meet: of a person without what stands behind a comma («…, Tổ trưởng»). #}
{% macro person_key(name_key, kind) -%}
    case when {{ kind }} = 'tap_the' then {{ name_key }} else trim(split_part({{ name_key }}, ',', 1)) end
{%- endmacro %}
