-- Grain: one row per line of mẫu 02, award and sub-kind counted there.
select * from {{ source('ref', 'mau_02_members') }}
