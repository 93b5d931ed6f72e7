{# Added up over a unit, the leaves are the total of its own mẫu 02, measure for measure. #}
{% test leaves_make_the_total(model, whole) %}
with added as (
    select programme_id, unit_code, {{ sum_measures() }} from {{ model }} group by programme_id, unit_code
)

select totals.programme_id, totals.unit_code
from {{ whole }} as totals
left join added on totals.programme_id = added.programme_id and totals.unit_code = added.unit_code
where totals.row_type = 'total' and totals.scope = 'own' and (
    {% for measure in mau_02_measures() -%}
    coalesce(totals.{{ measure }}, 0) <> coalesce(added.{{ measure }}, 0){{ " or " if not loop.last }}
    {% endfor -%}
)
{% endtest %}
