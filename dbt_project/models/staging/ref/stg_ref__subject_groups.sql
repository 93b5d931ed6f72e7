-- Grain: one row per group of nominees (nhóm đối tượng).
select * from {{ source('ref', 'subject_groups') }}
