{# Some columns together name a row of an intermediate model. Asked of the sample in tests, not every night: what would
   break it is a change of SQL. Failing: each combination that stands twice. #}
{% test grain(model, columns) %}
{{ config(tags=['in_ci']) }}
select {{ columns | join(', ') }}, count(*) as copies
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}
