-- Grain: one row per column of mẫu 02.
select * from {{ source('ref', 'mau_02_columns') }}
