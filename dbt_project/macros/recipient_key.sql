{# How a recipient is told, as one key: kind, name, unit that sends, workplace. A post changes through the years, so it
   tells namesakes apart only where no workplace is given. NULL without a name. Keys that are the same recipient share a
   recipient_id (int_recipient_members). Names are match keys; a person's name is what stands before a comma. #}
{% macro recipient_key(kind, name_key, unit_code, workplace_key, position) -%}
    case when {{ name_key }} is not null then substr(md5(concat_ws(
        '|', coalesce({{ kind }}, ''), {{ person_key(name_key, kind) }}, {{ unit_code }},
        coalesce({{ workplace_key }}, 'post ' || lower({{ position }}), '')
    )), 1, 16) end
{%- endmacro %}

{# The key of another one whom a decision tells apart from those of the same key: by post or by year. #}
{% macro split_key(key, splits) -%}
    case when {{ splits }}.mark is null then {{ key }} else substr(md5({{ key }} || '|' || {{ splits }}.mark), 1, 16) end
{%- endmacro %}
{% macro splits_of(key, position, year, splits) -%}
    left join {{ ref('stg_ref__recipient_splits') }} as {{ splits }}
        on {{ key }} = {{ splits }}.recipient_key
        and (lower({{ position }}) = {{ splits }}.position or {{ year }} = {{ splits }}.year)
{%- endmacro %}
