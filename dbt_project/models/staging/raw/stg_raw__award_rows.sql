-- Grain: one row per row of an award list or proposal list, as read (a second award of a row: row_item 2).
select * from {{ source('raw', 'award_rows') }}
