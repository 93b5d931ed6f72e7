-- Grain: one row per judged thing (row_id) and rule of its suite that it fails.
{{ config(materialized='view') }}
select * from {{ ref('int_verdicts_award_rows') }}
union all by name
select * from {{ ref('int_verdicts_reading') }}
union all by name
select * from {{ ref('int_verdicts_completeness') }}
union all by name
select * from {{ ref('int_verdicts_counts') }}
union all by name
select * from {{ ref('int_verdicts_dues') }}
union all by name
select * from {{ ref('int_verdicts_cross_checks') }}
union all by name
select * from {{ ref('int_verdicts_decisions') }}
union all by name
select * from {{ ref('int_verdicts_history') }}
union all by name
select * from {{ ref('int_verdicts_between_units') }}
union all by name
select * from {{ ref('int_verdicts_revocations') }}
union all by name
select * from {{ ref('int_verdicts_mau_02') }} where verdict = 'fail'
