-- Grain: one row per form, sheet and field read from a table: the letter of its column, to point at an empty cell.
-- The column most of its cells stand in; of two with as many, the one further left.
with letters as (
    select
        records.submission_id,
        records.part_no,
        records.source_sheet,
        fields.field,
        regexp_extract(fields.cell, '^([A-Z]+)[0-9]+$', 1) as letter,
        count(*) as cells
    from {{ ref('stg_raw__field_values') }} as fields
    inner join {{ ref('int_records') }} as records on fields.record_id = records.record_id
    where records.record_kind = 'row' and regexp_matches(fields.cell, '^[A-Z]+[0-9]+$')
    group by all
)

select submission_id, part_no, source_sheet, field, letter
from letters
qualify row_number() over (
    partition by submission_id, part_no, source_sheet, field
    order by cells desc, length(letter), letter
) = 1
