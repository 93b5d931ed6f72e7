-- Grain: one row per form and field read from a table: the letter of its column, to point at an empty cell.
select
    records.submission_id,
    records.part_no,
    records.source_sheet,
    fields.field,
    mode(regexp_extract(fields.cell, '^([A-Z]+)[0-9]+$', 1)) as letter
from {{ source('raw', 'fields') }} as fields
inner join {{ ref('int_records') }} as records on fields.record_id = records.record_id
where records.record_kind = 'row' and regexp_matches(fields.cell, '^[A-Z]+[0-9]+$')
group by all
