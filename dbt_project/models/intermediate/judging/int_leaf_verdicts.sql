-- Grain: one row per subject and leaf of its rules' trees about which something is known, whichever model judged it.
{{ config(materialized='view') }}
{% for model in ['int_leaf_values', 'int_leaf_years', 'int_leaf_trends', 'int_leaf_context'] -%}
select subject_no, node_no, v from {{ ref(model) }}
{{ "union all" if not loop.last }}
{% endfor %}
