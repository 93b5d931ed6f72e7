{# The verdicts of every leaf about which something is known, whichever model judged it. #}
{% macro all_leaves() -%}
    select subject_no, node_no, v from {{ ref('int_leaf_values') }}
    union all
    select subject_no, node_no, v from {{ ref('int_leaf_years') }}
    union all
    select subject_no, node_no, v from {{ ref('int_leaf_trends') }}
    union all
    select subject_no, node_no, v from {{ ref('int_leaf_context') }}
{%- endmacro %}
