-- Grain: one row per judged thing (row_id) and rule of its suite: pass, fail or unknown.
select * from {{ ref('int_verdicts_award_rows') }}
union all by name
select * from {{ ref('int_verdicts_reading') }}
union all by name
select * from {{ ref('int_verdicts_mau_02') }}
