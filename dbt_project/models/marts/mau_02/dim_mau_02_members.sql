-- Grain: row of mẫu 02, award, sub-kind: which award events a row counts, by the policies in force.
select row_id, award_code, sub_kind from {{ ref('stg_ref__mau_02_members') }}
