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
    (select cell_id, unnest({{ json_list('forms') }}) as form_id from {{ source('ref', 'coverage_cells') }})
{%- endmacro %}
