-- Grain: one row per unit with a filled mẫu 02 and row of the form, as its numbers enter the roll-up:
-- a blank is 0; groups and the total are recomputed from the lines (never from sub-lines).
{% set columns = ['collectives', 'individuals', 'households', 'grassroots_collectives', 'direct_individuals'] %}
with lines as (
    select
        programme_id,
        unit_code,
        row_id,
        {% for column in columns %}coalesce({{ column }}, 0) as {{ column }}{{ ", " if not loop.last }}{% endfor %}
    from {{ ref('int_mau_02_written') }}
    where row_type not in ('group', 'total')
),

added as (
    select
        written.programme_id,
        written.unit_code,
        above.row_id,
        {% for column in columns -%}
        coalesce(sum(written.{{ column }}), 0)::bigint as {{ column }}{{ ", " if not loop.last }}
        {% endfor %}
    from {{ ref('int_mau_02_written') }} as written
    inner join {{ ref('stg_ref__mau_02_rows') }} as above
        on above.row_type = 'total' or (above.row_type = 'group' and above.row_id = written.parent)
    where written.adds_to_group
    group by written.programme_id, written.unit_code, above.row_id
)

select * from lines
union all by name
select * from added
