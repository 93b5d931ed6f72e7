{# Common table expression of a recursive query: what each key reaches over edges (recipient_key, other_key), both ways. #}
{% macro connected(name, edges) -%}
{{ name }} (recipient_key, other_key) as (
    select recipient_key, other_key from {{ edges }}
    union
    select reached.recipient_key, edges.other_key
    from {{ name }} as reached
    inner join {{ edges }} as edges on reached.other_key = edges.recipient_key
)
{%- endmacro %}
