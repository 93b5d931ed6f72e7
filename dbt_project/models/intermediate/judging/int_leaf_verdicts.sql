-- Grain: one row per subject and leaf its rules ask about which something is known, whichever model judged it.
{{ config(materialized='view') }}
{% for model in ['int_leaf_values', 'int_leaf_years', 'int_leaf_trends', 'int_leaf_context'] -%}
select subject_no, leaf_no, v from {{ ref(model) }}
{{ "union all" if not loop.last }}
{% endfor %}
