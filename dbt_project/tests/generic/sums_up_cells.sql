{# A cell's summary counts the rows of its units. Failing: cells whose numbers are not theirs. #}
{% test sums_up_cells(model, cells) %}
with counted as (
    select
        cell_id,
        count(*) as units_expected,
        count(*) filter (where status = 'covered') as units_covered,
        count(*) filter (where status = 'covered' and on_time) as units_on_time
    from {{ cells }}
    group by cell_id
)

select summary.cell_id
from {{ model }} as summary
full join counted on summary.cell_id = counted.cell_id
where summary.cell_id is null
    or summary.units_expected <> coalesce(counted.units_expected, 0)
    or summary.units_covered <> coalesce(counted.units_covered, 0)
    or summary.units_on_time <> coalesce(counted.units_on_time, 0)
{% endtest %}
