{# From the verdicts of leaves (subject_no, leaf_no, v) to those of trees, in the normal form of ref.rule_clauses: a tree
   comes to the least of its clauses, a clause to the greatest of its literals, a literal to what it says for the verdict
   of its leaf, or without one. 0 fails, 1 unknown, 2 passes; 3, it does not apply, is no row. `trees`: which kinds.
   What a leaf says alike of all subjects of a class settles its literals for the class; only the others, the open ones,
   are judged subject by subject. #}
{% macro judge(leaves, trees) -%}
{%- set said %}
            case {v}
                when 0 then literals.if_fails
                when 1 then literals.if_unknown
                when 2 then literals.if_passes
                else literals.without
            end
{%- endset -%}
classes as (
    select class_no, count(*) as subjects from {{ ref('int_subjects') }} group by class_no
),

class_leaves as (
    select
        classes.class_no,
        leaves.leaf_no,
        min(leaves.v) as v,
        count(leaves.v) < min(classes.subjects) or min(leaves.v) < max(leaves.v) as is_open
    from {{ leaves }} as leaves
    inner join {{ ref('int_subjects') }} as subjects on leaves.subject_no = subjects.subject_no
    inner join classes on subjects.class_no = classes.class_no
    group by classes.class_no, leaves.leaf_no
),

class_literals as (
    select
        rules.class_no,
        literals.*,
        coalesce(leaves.is_open, false) as is_open,
        case when not coalesce(leaves.is_open, false) then {{ said | replace('{v}', 'leaves.v') }} end as settled
    from {{ ref('int_class_rules') }} as rules
    inner join {{ ref('stg_ref__rule_trees') }} as trees on rules.rule_no = trees.rule_no and trees.tree in {{ trees }}
    inner join {{ ref('stg_ref__rule_clauses') }} as literals on rules.rule_no = literals.rule_no
    left join class_leaves as leaves
        on rules.class_no = leaves.class_no
        and literals.leaf_no = leaves.leaf_no
),

class_clauses as (
    -- a clause comes to its floor at least
    select class_no, rule_no, clause_no, coalesce(max(settled), 0) as floor, bool_or(is_open) as is_open
    from class_literals
    group by class_no, rule_no, clause_no
),

class_trees as (
    -- a tree comes to its ceiling at most
    select class_no, rule_no, coalesce(min(floor) filter (where not is_open), 3) as ceiling
    from class_clauses
    group by class_no, rule_no
),

open_literals as (
    select literals.*, clauses.floor, trees.ceiling
    from class_literals as literals
    inner join class_clauses as clauses
        on literals.class_no = clauses.class_no
        and literals.rule_no = clauses.rule_no
        and literals.clause_no = clauses.clause_no
    inner join class_trees as trees
        on literals.class_no = trees.class_no
        and literals.rule_no = trees.rule_no
    where literals.is_open and clauses.floor < trees.ceiling
),

open_clauses as (
    select
        subjects.subject_no,
        literals.rule_no,
        min(literals.ceiling) as ceiling,
        max(greatest(literals.floor, {{ said | replace('{v}', 'leaves.v') }})) as v
    from {{ ref('int_subjects') }} as subjects
    inner join open_literals as literals on subjects.class_no = literals.class_no
    left join {{ leaves }} as leaves
        on subjects.subject_no = leaves.subject_no
        and literals.leaf_no = leaves.leaf_no
    group by subjects.subject_no, literals.rule_no, literals.clause_no
),

open_trees as (
    select subject_no, rule_no, least(min(ceiling), min(v)) as v
    from open_clauses
    group by subject_no, rule_no
),

judged as (
    select subject_no, rule_no, v::tinyint as v
    from open_trees
    where v < 3

    union all

    select subjects.subject_no, trees.rule_no, trees.ceiling::tinyint
    from {{ ref('int_subjects') }} as subjects
    inner join class_trees as trees on subjects.class_no = trees.class_no
    where trees.ceiling < 3
        and not exists (
            select 1 from open_literals as literals
            where literals.class_no = trees.class_no and literals.rule_no = trees.rule_no
        )
)
{%- endmacro %}
