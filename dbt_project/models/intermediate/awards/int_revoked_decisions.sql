-- Grain: one row per decision that a document takes back and counts tonight, as its articles name it; without a number where
-- they name none. A list in the same file says whose awards are meant: its rows are int_revocations, and the document adds nothing.
with said as (
    select
        record_id,
        item,
        min(value_text) filter (where field like '%.so_quyet_dinh') as decision_no,
        min(value_date) filter (where field like '%.ngay_quyet_dinh') as decision_date,
        min(value_code) filter (where field like '%.pham_vi') = 'whole' as is_whole,
        min(cell) as source_cell
    from {{ ref('stg_raw__field_values') }}
    where field like 'quyet_dinh_thu_hoi.%'
    group by record_id, item
),

-- the number and day of the document itself
own as (
    select
        record_id,
        min(value_text) filter (where field = 'so_van_ban') as revoking_no,
        min(value_date) filter (where field = 'ngay_van_ban') as revoking_date
    from {{ ref('stg_raw__field_values') }}
    where field in ('so_van_ban', 'ngay_van_ban')
    group by record_id
)

select
    records.record_id || ':' || said.item as row_id,
    records.programme_id,
    records.unit_code,
    records.form_id,
    said.decision_no,
    said.decision_date,
    said.is_whole,
    own.revoking_no,
    own.revoking_date,
    records.submission_id,
    records.source_file,
    records.source_sheet,
    records.source_row,
    said.source_cell
from {{ ref('int_records') }} as records
inner join said on records.record_id = said.record_id
left join own on records.record_id = own.record_id
where records.submission_id not in (select submission_id from {{ ref('int_revocations') }})
