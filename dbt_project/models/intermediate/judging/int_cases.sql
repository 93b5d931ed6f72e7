-- Grain: one row per subject. `case_no`: the first subject of which every leaf says the same; trees are judged on it
-- once for all.
select
    alike.subject_no,
    alike.like_no,
    min(alike.subject_no) over (partition by alike.like_no, context.leaves, context.digest) as case_no
from {{ ref('int_alike') }} as alike
left join (
    select subject_no, count(*) as leaves, sum(hash(node_no, v)::hugeint) as digest
    from {{ ref('int_leaf_context') }}
    group by subject_no
) as context on alike.subject_no = context.subject_no
