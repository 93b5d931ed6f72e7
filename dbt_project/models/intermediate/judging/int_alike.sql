-- Grain: one row per subject. `like_no`: the first subject of which the leaves of trees see the very same facts;
-- leaves are judged on it once for all.
with weighed as (
    -- fields of which a leaf weighs more than whether they are there and which code they have
    select unnest([field, other]) as field
    from {{ source('ref', 'rule_nodes') }}
    where op not in {{ plain_ops() }}
        or window_id is not null
    union
    select value from {{ source('ref', 'rule_values') }} where kind = 'field'
    union
    select unnest(['rating', 'award'])
),

seen as (
    select
        facts.subject_no,
        count(*) as facts,
        -- a sum of hashes does not depend on the order of facts
        sum(hash(
            facts.field, facts.of, facts.code, facts.slug, facts.is_partial,
            case when weighed.field is not null
                then hash(facts.year, facts.number, facts.day, facts.decision_no, facts.text)
            end
        )::hugeint) as digest
    from {{ ref('int_facts') }} as facts
    left join weighed on facts.field = weighed.field
    group by facts.subject_no
)

select
    subjects.subject_no,
    min(subjects.subject_no) over (
        partition by subjects.class_no, subjects.phase_id, subjects.year, seen.facts, seen.digest
    ) as like_no
from {{ ref('int_subjects') }} as subjects
left join seen on subjects.subject_no = seen.subject_no
