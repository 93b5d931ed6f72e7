{# Common table expression: the words of vocabulary.yaml by which a decision, cell or file is named, one column each, {holes} open. #}
{% macro history_words() -%}
words as (
    select
        min(label) filter (where code = 'decision') as decision,
        min(label) filter (where code = 'dated') as dated,
        min(label) filter (where code = 'cell') as cell,
        min(label) filter (where code = 'file') as file
    from {{ ref('stg_ref__words') }}
    where vocabulary = 'history_detail'
)
{%- endmacro %}
