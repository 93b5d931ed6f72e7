-- Grain: one row per award or rating that a nomination's record, or one attached to it, tells of the recipient itself.
with mentions as (
    -- a record may belong to nominations of two phases: it tells once
    select *
    from {{ ref('int_recipient_mentions') }}
    where record_id is not null
    qualify row_number() over (partition by record_id order by about_id) = 1
),

lines as (
    -- lines of awards and ratings: their parts stand under one item number; PL-TC tells the rating of its year in a column
    select
        record_id,
        case when field = 'rating.self' then 'xep_loai' else split_part(field, '.', 1) end as list,
        item,
        max(value_code) filter (where field like '%.award_code' or field = 'xep_loai.ket_qua' or field = 'rating.self') as code,
        max(text_raw) filter (where field like '%.award_code' or field = 'xep_loai.ket_qua' or field = 'rating.self') as text,
        max(value_number) filter (where field like '%.nam')::integer as year,
        max(value_text) filter (where field like '%.so_qd') as decision_no,
        max(value_date) filter (where field like '%.ngay_qd') as decision_date,
        max(cell) filter (where field like '%.award_code' or field = 'xep_loai.ket_qua' or field = 'rating.self') as source_cell
    from {{ ref('stg_raw__field_values') }}
    where field = 'rating.self' or split_part(field, '.', 2) in ('award_code', 'ket_qua', 'nam', 'so_qd', 'ngay_qd')
    group by all
)

select
    lines.record_id || ':' || lines.list || ':' || lines.item as told_id,
    case when lines.list = 'xep_loai' then 'rating' else 'award_told' end as event_kind,
    mentions.recipient_key,
    mentions.recipient_kind,
    mentions.name_key,
    mentions.programme_id,
    mentions.unit_code,
    mentions.form_id,
    mentions.recipient_name,
    lines.code,
    lines.text as text_raw,
    coalesce(lines.year, year(lines.decision_date), case when lines.list = 'xep_loai' then mentions.year end) as year,
    lines.decision_no,
    lines.decision_date,
    mentions.submission_id,
    mentions.source_file,
    mentions.source_sheet,
    mentions.source_row,
    coalesce(lines.source_cell, mentions.source_cell) as source_cell
from lines
inner join mentions on lines.record_id = mentions.record_id
where lines.text is not null
