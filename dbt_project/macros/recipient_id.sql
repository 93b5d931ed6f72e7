{# One key for one recipient over lists, years and programmes of a unit: kind, name, workplace. A post changes through
   the years, so it tells namesakes apart only where no workplace is given. NULL without a name.
   Keys are match keys; a person's name is what stands before a comma (docs/decisions/0003). #}
{% macro recipient_id(kind, name_key, unit_code, workplace_key, position) -%}
    case when {{ name_key }} is not null then substr(md5(concat_ws(
        '|', coalesce({{ kind }}, ''), {{ person_key(name_key, kind) }}, {{ unit_code }},
        coalesce({{ workplace_key }}, 'post ' || lower({{ position }}), '')
    )), 1, 16) end
{%- endmacro %}
