{# A JSON array of strings as a list. #}
{% macro json_list(column) -%}
    from_json({{ column }}, '["VARCHAR"]')
{%- endmacro %}

{# A title as it is compared: composed letters, small, single blanks. #}
{% macro title_key(column) -%}
    lower(regexp_replace(nfc_normalize({{ column }}), '\s+', ' ', 'g'))
{%- endmacro %}

{# The forms of each cell, one row each. #}
{% macro cell_forms() -%}
    (select cell_id, unnest({{ json_list('forms') }}) as form_id from {{ ref('stg_ref__coverage_cells') }})
{%- endmacro %}

{# Whether a title names what a requirement asks; a scan has none. #}
{% macro title_meets(title, requirement) -%}
    (
        {{ requirement }}.title_pattern is null
        or case
            when {{ title }} is null then {{ requirement }}.takes_scans
            else regexp_matches({{ title_key(title) }}, {{ requirement }}.title_pattern)
        end
    )
{%- endmacro %}
