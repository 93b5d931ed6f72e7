{# Common table expression: some words of a vocabulary (vocabulary.yaml), one column each, {holes} open. #}
{% macro words_of(vocabulary, codes) -%}
words as (
    select
        {% for code in codes %}min(label) filter (where code = '{{ code }}') as {{ code }}{{ ',' if not loop.last }}
        {% endfor -%}
    from {{ ref('stg_ref__words') }}
    where vocabulary = '{{ vocabulary }}'
)
{%- endmacro %}
