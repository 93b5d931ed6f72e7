-- Grain: one row per rule of mẫu 02 and cell of a unit's filled table it judges (or the table, or the
-- final report, as a whole). Params name the cell and the two numbers for the sentence.
{% set kinds = {
    'sl_tap_the': 'tap_the', 'cs_tap_the_sl': 'tap_the', 'sl_ca_nhan': 'ca_nhan', 'cs_ca_nhan_sl': 'ca_nhan',
    'sl_gia_dinh': 'gia_dinh',
} %}
with filed as (
    -- the file each filled table stands in
    select
        programme_id,
        unit_code,
        min(submission_id) as submission_id,
        min(source_file) as source_file,
        min(source_sheet) as source_sheet
    from {{ ref('int_mau_02_cells') }}
    group by programme_id, unit_code
),

counts as (
    select *, coalesce(written, 0) as number_written
    from {{ ref('int_mau_02_counts_written') }}
    where not is_unreadable
),

of_cells as (
    -- the total of the groups, the groups of their lines; a blank sum is asked for, not judged
    select
        'CP-LS-M02-TONG' as rule_id, programme_id, unit_code, row_id, column_id,
        case
            when written is null and added > 0 then 'unknown'
            when number_written = added then 'pass'
            else 'fail'
        end as verdict,
        number_written::double as said, added::double as found
    from counts
    where row_type in ('group', 'total')

    union all

    select
        'CP-LS-M02-TRONGDO', programme_id, unit_code, row_id, column_id,
        {{ verdict('of_which <= number_written') }}, number_written, of_which
    from counts
    where of_which is not null

    union all

    select
        'CP-LS-M02-PHANBO', programme_id, unit_code, row_id, column_id,
        {{ verdict('divided = number_written') }}, number_written, divided
    from counts
    where divided is not null

    union all

    select
        'CP-LS-M02-TRUCTIEP', parts.programme_id, parts.unit_code, parts.row_id, parts.column_id,
        {{ verdict('parts.number_written <= wholes.number_written') }},
        parts.number_written, wholes.number_written
    from counts as parts
    inner join counts as wholes
        on parts.programme_id = wholes.programme_id
        and parts.unit_code = wholes.unit_code
        and parts.row_id = wholes.row_id
        and (parts.column_id, wholes.column_id) in
            (('cs_tap_the_sl', 'sl_tap_the'), ('cs_ca_nhan_sl', 'sl_ca_nhan'))
    where parts.written is not null

    union all

    select
        'CP-LS-M02-LOAI', programme_id, unit_code, row_id, column_id,
        {{ verdict('number_written = 0') }}, number_written, 0
    from counts
    where
        recipient_kinds <> '[]'
        and not list_contains(
            json_extract_string(recipient_kinds, '$[*]'),
            case column_id {% for column, kind in kinds.items() %}when '{{ column }}' then '{{ kind }}' {% endfor %}end
        )

    union all

    -- what the same unit's lists give; groups and the total follow from the lines
    select
        'M02-KHAC-DANH-SACH', programme_id, unit_code, row_id, column_id,
        {{ verdict('number_written = counted') }}, number_written, counted
    from counts
    where counted is not null and row_type not in ('group', 'total')

    union all by name

    select rule_id, programme_id, unit_code, row_id, column_id, verdict, said, found, severity
    from {{ ref('int_mau_02_percentages') }}
),

judged as (
    select
        filed.submission_id || ':' || of_cells.row_id || ':' || of_cells.column_id as row_id,
        'LS-M02' as suite,
        of_cells.rule_id,
        of_cells.verdict,
        of_cells.severity,
        of_cells.programme_id,
        of_cells.unit_code,
        'LS-M02' as form_id,
        of_cells.row_id as recipient_key,
        of_cells.column_id as field,
        to_json({
            'dong': concat_ws(' ', form_rows.number, form_rows.label),
            'cot': columns.label,
            'da_ghi': {{ vietnamese_number('of_cells.said') }},
            'tinh_ra': {{ vietnamese_number('of_cells.found') }}
        })::varchar as params,
        filed.submission_id,
        filed.source_file,
        filed.source_sheet,
        coalesce(cells.source_row, rows_at.source_row) as source_row,
        coalesce(cells.source_cell, rows_at.source_cell) as source_cell
    from of_cells
    inner join filed
        on of_cells.programme_id = filed.programme_id
        and of_cells.unit_code = filed.unit_code
    inner join {{ ref('stg_ref__mau_02_rows') }} as form_rows on of_cells.row_id = form_rows.row_id
    inner join {{ ref('stg_ref__mau_02_columns') }} as columns on of_cells.column_id = columns.column_id
    left join {{ ref('int_mau_02_cells') }} as cells
        on of_cells.programme_id = cells.programme_id
        and of_cells.unit_code = cells.unit_code
        and of_cells.row_id = cells.row_id
        and of_cells.column_id = cells.column_id
    -- a blank cell has no address of its own: the row's
    left join (
        select programme_id, unit_code, row_id, min(source_row) as source_row, min(source_cell) as source_cell
        from {{ ref('int_mau_02_cells') }}
        group by programme_id, unit_code, row_id
    ) as rows_at
        on of_cells.programme_id = rows_at.programme_id
        and of_cells.unit_code = rows_at.unit_code
        and of_cells.row_id = rows_at.row_id
)

select
    row_id, suite, rule_id, verdict, severity, programme_id, unit_code, form_id, null::varchar as nomination_id,
    null::varchar as recipient_name, recipient_key, field, params, false as list_cause,
    submission_id, source_file, source_sheet, source_row, source_cell
from judged

union all by name

select
    whole.row_id, 'LS-M02' as suite, whole.rule_id, whole.verdict, whole.programme_id, whole.unit_code,
    whole.form_id, null::varchar as nomination_id, null::varchar as recipient_name, '' as recipient_key,
    whole.field, '{}' as params, false as list_cause, whole.submission_id, whole.source_file,
    whole.source_sheet, whole.source_row, whole.source_cell
from {{ ref('int_mau_02_whole') }} as whole
