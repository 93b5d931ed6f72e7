{# The value in force of a policy, as text (settings.yml over data/reference/policies.yaml). #}
{% macro policy(policy_id) -%}
    (select value from {{ source('ref', 'policies') }} where policy_id = '{{ policy_id }}')
{%- endmacro %}
