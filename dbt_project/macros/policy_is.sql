{# Whether a policy has a value that is a word (ref.policies holds values as JSON). #}
{% macro policy_is(policy_id, value) -%}
    trim({{ policy(policy_id) }}, '"') = '{{ value }}'
{%- endmacro %}
