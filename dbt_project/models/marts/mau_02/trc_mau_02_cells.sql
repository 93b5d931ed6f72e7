-- Grain: programme, unit with no more than a filled mẫu 02, row and column of mẫu 02, cell that enters it.
{% set columns = mau_02_count_columns() %}
with alone as (
    select distinct programme_id, unit_code
    from {{ ref('int_mau_02_own') }}
    where number_source = 'table'
),

-- a line enters itself, its group and the total; a sub-line only itself
enters as (
    select row_id as line_id, row_id from {{ ref('stg_ref__mau_02_rows') }} where row_type not in ('group', 'total')
    union all
    select lines.row_id, above.row_id
    from {{ ref('stg_ref__mau_02_rows') }} as lines
    inner join {{ ref('stg_ref__mau_02_rows') }} as above
        on above.row_type = 'total' or (above.row_type = 'group' and above.row_id = lines.parent)
    where lines.adds_to_group
)

select
    cells.programme_id,
    phases.phase_id,
    cells.unit_code,
    enters.row_id,
    case cells.column_id
        {% for written, shown in columns.items() -%}
        when '{{ written }}' then '{{ shown }}'
        {% endfor -%}
    end as column_name,
    cells.count_value as amount,
    form_rows.label,
    cells.submission_id,
    cells.source_file,
    cells.source_sheet,
    cells.source_row,
    cells.source_cell
from {{ ref('int_mau_02_cells') }} as cells
inner join alone on cells.programme_id = alone.programme_id and cells.unit_code = alone.unit_code
inner join {{ ref('int_mau_02_phases') }} as phases on cells.programme_id = phases.programme_id
inner join enters on cells.row_id = enters.line_id
inner join {{ ref('stg_ref__mau_02_rows') }} as form_rows on cells.row_id = form_rows.row_id
where cells.count_value > 0 and cells.column_id in ('{{ columns.keys() | join("', '") }}')
