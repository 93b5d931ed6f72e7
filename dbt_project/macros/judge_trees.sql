{# From the verdicts of leaves (case_no, node_no, v) up to the roots, level by level, in three-valued logic.
   `pairs`: case_no and rule_no to judge; a leaf without a verdict says what it says without facts. #}
{% macro judge_trees(pairs, leaves) -%}
nodes as (
    select node_no, parent_no, rule_no, position, depth, op, v_without, node_id like '%/when%' as is_condition
    from {{ source('ref', 'rule_nodes') }}
),

asked as (
    select pairs.case_no, nodes.node_no, nodes.parent_no, nodes.position, nodes.depth,
        coalesce(leaves.v, nodes.v_without) as v
    from {{ pairs }} as pairs
    inner join nodes on pairs.rule_no = nodes.rule_no and nodes.op not in {{ inner_ops() }}
    left join {{ leaves }} as leaves on pairs.case_no = leaves.case_no and nodes.node_no = leaves.node_no
    union all
    select leaves.case_no, nodes.node_no, nodes.parent_no, nodes.position, nodes.depth, leaves.v
    from {{ leaves }} as leaves
    inner join nodes on leaves.node_no = nodes.node_no and nodes.op = 'criterion'
),

level_8 as (select * from asked where depth = 8),
{% for depth in range(7, -1, -1) %}
level_{{ depth }} as (
    select * from asked where depth = {{ depth }}
    union all
    select
        below.case_no,
        nodes.node_no,
        any_value(nodes.parent_no),
        any_value(nodes.position),
        {{ depth }},
        case any_value(nodes.op)
            when 'all' then min(below.v)
            when 'any' then max(below.v)
            when 'not' then 2 - min(below.v)
            when 'warns' then case min(below.v) when 0 then 1 else min(below.v) end
            when 'if' then
                case max(below.v) filter (where below.position = 0)
                    when 2 then max(below.v) filter (where below.position = 1)
                    when 1 then case when max(below.v) filter (where below.position = 1) = 2 then 2 else 1 end
                end
        end
    from level_{{ depth + 1 }} as below
    inner join nodes on below.parent_no = nodes.node_no
    group by below.case_no, nodes.node_no
),
{% endfor %}

roots as (
    select
        level_0.case_no,
        nodes.rule_no,
        max(level_0.v) filter (where nodes.is_condition) as applies,
        max(level_0.v) filter (where not nodes.is_condition) as v,
        bool_or(nodes.is_condition) as has_condition
    from level_0
    inner join nodes on level_0.node_no = nodes.node_no
    group by level_0.case_no, nodes.rule_no
)
{%- endmacro %}
