{# The address of a field's cell in a row of a list: its own (tables without addresses), or letter and row. #}
{% macro cell(field) -%}
    coalesce(
        json_extract_string(cells, '$.' || {{ field }}),
        json_extract_string(columns, '$.' || {{ field }}) || source_row
    )
{%- endmacro %}
