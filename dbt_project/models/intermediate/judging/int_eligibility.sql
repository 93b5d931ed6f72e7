-- Grain: one row per nomination: whether it meets the criteria, as far as what was sent can tell.
select
    nominations.nomination_id,
    coalesce({{ verdict_word('min(groups.v)') }}, 'unknown') as eligibility,
    string_agg(groups.group_id, ', ' order by groups.group_id) as groups
from {{ ref('int_nominations') }} as nominations
inner join {{ ref('int_subjects') }} as subjects on nominations.nomination_id = subjects.subject_id
inner join {{ ref('int_cases') }} as cases on subjects.subject_no = cases.subject_no
left join {{ ref('int_group_verdicts') }} as groups on cases.case_no = groups.case_no
group by nominations.nomination_id
