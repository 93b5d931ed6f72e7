{# A number as people read it: 1.234 or 71,43; empty when there is none. #}
{% macro vietnamese_number(value) -%}
    coalesce(
        case
            when {{ value }} = floor({{ value }})
                then replace(format('{:,}', cast({{ value }} as bigint)), ',', '.')
            else translate(format('{:,.2f}', {{ value }}), ',.', '.,')
        end,
        ''
    )
{%- endmacro %}
