-- Grain: one row per subject and rule that judges it.
select
    subjects.subject_no,
    rules.rule_no
from {{ ref('int_subjects') }} as subjects
inner join {{ ref('int_class_rules') }} as rules on subjects.class_no = rules.class_no
