-- Grain: row of mẫu 02, award, sub-kind: which award events a row counts, by the policies in force.
select row_id, award_code, sub_kind from {{ source('ref', 'mau_02_members') }}
