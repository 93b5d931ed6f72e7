-- Grain: one row per line of mẫu 02.
select * from {{ source('ref', 'mau_02_rows') }}
