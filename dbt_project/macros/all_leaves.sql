{# The verdicts of every leaf, whichever model judged it. #}
{% macro all_leaves() -%}
    select subject_id, node_id, v from {{ ref('int_leaf_values') }}
    union all
    select subject_id, node_id, v from {{ ref('int_leaf_years') }}
    union all
    select subject_id, node_id, v from {{ ref('int_leaf_trends') }}
    union all
    select subject_id, node_id, v from {{ ref('int_leaf_context') }}
{%- endmacro %}
