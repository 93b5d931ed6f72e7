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
    coalesce(
        windows.first_year,
        -- a proposal that names no year is of the year in which it came
        coalesce(subjects.year, year(subjects.received_on)) - windows.first_before,
        case when windows.before_nomination = 0 then subjects.year end
    ) as first_year,
    coalesce(
        windows.last_year,
        case when windows.first_before is not null then coalesce(subjects.year, year(subjects.received_on)) else subjects.year end
        - windows.before_nomination
    ) as last_year,
    windows.last_day,
    subjects.year as nomination_year,
    -- a dossier of a year or phase is of the papers of that year or phase
    case when subjects.about = 'dossier' or nodes.same_year then subjects.year end as papers_year,
    case when subjects.about = 'dossier' and subjects.phase_id <> subjects.programme_id then subjects.phase_id end
        as papers_phase
from {{ ref('int_subjects') }} as subjects
inner join {{ ref('int_class_leaves') }} as asked on subjects.class_no = asked.class_no
inner join {{ ref('stg_ref__rule_nodes') }} as nodes on asked.leaf_no = nodes.node_no
left join {{ ref('stg_ref__windows') }} as windows
    on nodes.window_id = windows.window_id
    and (windows.phase_id is null or windows.phase_id = subjects.phase_id)
where nodes.op <> 'criterion'
