{# The verdicts of every leaf about which something is known, whichever model judged it, case by case. #}
{% macro all_leaves() -%}
    {% for model in ['int_leaf_values', 'int_leaf_years', 'int_leaf_trends'] -%}
    select cases.case_no, leaves.node_no, leaves.v
    from {{ ref(model) }} as leaves
    inner join {{ ref('int_cases') }} as cases
        on leaves.subject_no = cases.like_no
        and cases.subject_no = cases.case_no
    union all
    {% endfor -%}
    select leaves.subject_no, leaves.node_no, leaves.v
    from {{ ref('int_leaf_context') }} as leaves
    semi join {{ ref('int_cases') }} as cases on leaves.subject_no = cases.case_no
{%- endmacro %}
