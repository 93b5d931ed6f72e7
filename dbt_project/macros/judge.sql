{# From the verdicts of leaves (subject_no, node_no, v) to those of trees, in the normal form of ref.rule_clauses: a tree
   comes to the least of its clauses, a clause to the greatest of its literals, a literal to what it says for the verdict
   of its leaf, or without one. 0 fails, 1 unknown, 2 passes; 3, it does not apply, is no row. `trees`: which kinds. #}
{% macro judge(leaves, trees) -%}
clauses as (
    select
        subjects.subject_no,
        literals.rule_no,
        literals.clause_no,
        max(
            case leaves.v
                when 0 then literals.if_fails
                when 1 then literals.if_unknown
                when 2 then literals.if_passes
                else literals.without
            end
        ) as v
    from {{ ref('int_subjects') }} as subjects
    inner join {{ ref('int_class_rules') }} as rules on subjects.class_no = rules.class_no
    inner join {{ ref('stg_ref__rule_trees') }} as trees on rules.rule_no = trees.rule_no and trees.tree in {{ trees }}
    inner join {{ ref('stg_ref__rule_clauses') }} as literals on rules.rule_no = literals.rule_no
    left join {{ leaves }} as leaves
        on subjects.subject_no = leaves.subject_no
        and literals.node_no = leaves.node_no
    group by subjects.subject_no, literals.rule_no, literals.clause_no
),

judged as (
    select subject_no, rule_no, min(v)::tinyint as v
    from clauses
    group by subject_no, rule_no
    having min(v) < 3
)
{%- endmacro %}
