-- Grain: one row per case and rule that judges it.
{{ config(materialized='view') }}
select
    subjects.subject_no as case_no,
    rules.rule_no
from {{ ref('int_subjects') }} as subjects
semi join {{ ref('int_cases') }} as cases on subjects.subject_no = cases.case_no
inner join {{ ref('int_class_rules') }} as rules on subjects.class_no = rules.class_no
