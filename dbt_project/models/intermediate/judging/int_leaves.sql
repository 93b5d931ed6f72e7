-- Grain: one row per subject and leaf its rules ask, with the years its window holds for the subject.
{{ config(materialized='view') }}
select
    subjects.subject_no,
    subjects.class_no,
    nodes.leaf_no,
    nodes.op,
    nodes.field,
    coalesce(nodes.of, 'self') as of,
    nodes.other,
    nodes.scale,
    nodes.min_rank,
    nodes.min_value,
    nodes.min_exclusive,
    nodes.max_value,
    nodes.equals,
    nodes.aggregate,
    nodes.consecutive,
    nodes.closed,
    nodes.scope,
    nodes.same_year,
    nodes.wording,
    nodes.date_field,
    nodes.from_day::date as from_day,
    nodes.to_day::date as to_day,
    nodes.window_id is not null as has_window,
    coalesce(windows.first_year, case when windows.before_nomination = 0 then subjects.year end) as first_year,
    coalesce(windows.last_year, subjects.year - windows.before_nomination) as last_year,
    windows.last_day,
    subjects.year as nomination_year
from {{ ref('int_subjects') }} as subjects
inner join {{ ref('int_class_leaves') }} as asked on subjects.class_no = asked.class_no
inner join {{ ref('stg_ref__rule_nodes') }} as nodes on asked.leaf_no = nodes.node_no
left join {{ ref('stg_ref__windows') }} as windows
    on nodes.window_id = windows.window_id
    and (windows.phase_id is null or windows.phase_id = subjects.phase_id)
where nodes.op <> 'criterion'
