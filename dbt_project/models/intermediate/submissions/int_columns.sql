-- Grain: one row per form, sheet, field read from a table, and letter of a column it stands in: from which row to which,
-- to point at an empty cell. Two tables on a sheet may have the same field in different columns.
select
    records.submission_id,
    records.part_no,
    records.source_sheet,
    fields.field,
    regexp_extract(fields.cell, '^([A-Z]+)[0-9]+$', 1) as letter,
    min(records.source_row) as first_row,
    max(records.source_row) as last_row,
    count(*) as cells
from {{ ref('stg_raw__field_values') }} as fields
inner join {{ ref('int_records') }} as records on fields.record_id = records.record_id
where records.record_kind = 'row' and regexp_matches(fields.cell, '^[A-Z]+[0-9]+$')
group by all
