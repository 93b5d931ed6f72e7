{# The address of a field's cell in a row of a table. `columns`: JSON of field -> «D», or «cột 4» where the format (Word, PDF)
   has no addresses. #}
{% macro cell_at(columns, field, source_row) -%}
    {%- set column = "json_extract_string(" ~ columns ~ ", '$.' || " ~ field ~ ")" -%}
    case
        when starts_with({{ column }}, 'cột ') then 'dòng ' || {{ source_row }} || ', ' || {{ column }}
        else {{ column }} || {{ source_row }}
    end
{%- endmacro %}
{# The same in a row of a list, whose cells may carry their own addresses. #}
{% macro cell(field) -%}
    coalesce(json_extract_string(cells, '$.' || {{ field }}), {{ cell_at('columns', field, 'source_row') }})
{%- endmacro %}
