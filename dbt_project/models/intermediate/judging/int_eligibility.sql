-- Grain: one row per nomination: whether it meets the criteria, as far as what was sent can tell.
select
    subjects.subject_id as nomination_id,
    coalesce({{ verdict_word('min(groups.v)') }}, 'unknown') as eligibility,
    string_agg(trees.rule_id, ', ' order by trees.rule_id) as groups
from {{ ref('int_subjects') }} as subjects
left join {{ ref('int_group_verdicts') }} as groups on subjects.subject_no = groups.subject_no
left join {{ ref('stg_ref__rule_trees') }} as trees on groups.rule_no = trees.rule_no
where subjects.about = 'nomination'
group by subjects.subject_id
