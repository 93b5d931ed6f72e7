{# The value in force of a policy, as text (settings.yml over data/reference/policies.yaml). #}
{% macro policy(policy_id) -%}
    (select value from {{ ref('stg_ref__policies') }} where policy_id = '{{ policy_id }}')
{%- endmacro %}
