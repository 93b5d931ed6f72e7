{# Every unit and scope has every row of the form. Failing: units and scopes with another number of rows. #}
{% test mau_02_whole(model) %}
select programme_id, unit_code, scope, count(*) as rows_there
from {{ model }}
group by programme_id, unit_code, scope
having count(*) <> (select count(distinct row_id) from {{ model }})
{% endtest %}
