-- Grain: one row per unit with a filled mẫu 02, row of the form and count column, with what the same
-- unit's form and lists make of it. `written` is NULL where the cell is blank or unreadable.
{% set columns = mau_02_count_columns() %}
with long as (
    {% for column, measure in columns.items() -%}
    select
        programme_id,
        unit_code,
        row_id,
        '{{ column }}' as column_id,
        {{ measure }} as written
    from {{ ref('int_mau_02_written') }}
    {{ "union all" if not loop.last }}
    {% endfor %}
),

lists as (
    {% for column, measure in columns.items() -%}
    select programme_id, unit_code, row_id, '{{ column }}' as column_id, {{ measure }} as counted
    from {{ ref('int_mau_02_lists') }}
    {{ "union all" if not loop.last }}
    {% endfor %}
),

with_lists as (
    select distinct programme_id, unit_code from {{ ref('int_award_counts') }}
),

-- what stands below a row: lines below a group, groups below the total, sub-lines below a line
below as (
    select
        coalesce(form_rows.parent, 'TC') as above_id,
        long.programme_id,
        long.unit_code,
        long.column_id,
        sum(long.written) filter (where form_rows.adds_to_group or form_rows.row_type = 'group') as added,
        sum(long.written) filter (where form_rows.row_type = 'trong_do') as of_which,
        sum(coalesce(long.written, 0)) filter (where form_rows.row_type = 'partition') as divided
    from long
    inner join {{ ref('stg_ref__mau_02_rows') }} as form_rows on long.row_id = form_rows.row_id
    where form_rows.row_type <> 'total'
    group by all
)

select
    long.programme_id,
    long.unit_code,
    long.row_id,
    form_rows.row_type,
    form_rows.label,
    form_rows.number,
    form_rows.recipient_kinds,
    long.column_id,
    long.written,
    coalesce(below.added, 0)::bigint as added,
    below.of_which::bigint as of_which,
    below.divided::bigint as divided,
    case when with_lists.unit_code is not null then coalesce(lists.counted, 0) end as counted,
    cells.value is not null and cells.count_value is null as is_unreadable,
    cells.part_no,
    cells.source_cell
from long
inner join {{ ref('stg_ref__mau_02_rows') }} as form_rows on long.row_id = form_rows.row_id
left join below
    on long.programme_id = below.programme_id
    and long.unit_code = below.unit_code
    and long.column_id = below.column_id
    and long.row_id = below.above_id
left join with_lists
    on long.programme_id = with_lists.programme_id
    and long.unit_code = with_lists.unit_code
left join lists
    on long.programme_id = lists.programme_id
    and long.unit_code = lists.unit_code
    and long.row_id = lists.row_id
    and long.column_id = lists.column_id
left join {{ ref('int_mau_02_cells') }} as cells
    on long.programme_id = cells.programme_id
    and long.unit_code = cells.unit_code
    and long.row_id = cells.row_id
    and long.column_id = cells.column_id
