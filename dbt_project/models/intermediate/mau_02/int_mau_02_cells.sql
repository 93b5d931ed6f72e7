-- Grain: one row per number cell of a unit's own filled mẫu 02 that counts tonight.
-- Of two such tables in one file the last counts.
with records as (
    select
        records.*,
        records.recipient_name as row_id -- the reader writes the form's row id as the record's name
    from {{ ref('int_records') }} as records
    where records.form_id = 'LS-M02' and records.record_kind = 'row'
)

select
    records.programme_id,
    records.unit_code,
    records.row_id,
    fields.field as column_id,
    fields.value_number as value,
    -- a count is a whole number; anything else was asked about when it was read
    case when fields.value_number >= 0 and fields.value_number = floor(fields.value_number)
        then fields.value_number::bigint end as count_value,
    fields.text_raw,
    records.submission_id,
    records.part_no,
    records.source_file,
    records.source_sheet,
    records.source_row,
    fields.cell as source_cell
from records
inner join {{ ref('stg_raw__field_values') }} as fields on records.record_id = fields.record_id
where fields.field in (
    'sl_tap_the', 'sl_ca_nhan', 'sl_gia_dinh', 'cs_tap_the_sl', 'cs_tap_the_pct', 'cs_ca_nhan_sl', 'cs_ca_nhan_pct'
)
qualify row_number() over (
    partition by records.programme_id, records.unit_code, records.row_id, fields.field
    order by records.part_no desc, records.record_no desc, fields.item desc
) = 1
