{# From the verdicts of leaves (subject_id, node_id, v) up to the roots, level by level, in three-valued logic. #}
{% macro judge_trees(leaves) -%}
level_8 as (
    select leaves.subject_id, nodes.node_id, nodes.parent_id, nodes.position, nodes.depth, leaves.v
    from {{ leaves }} as leaves
    inner join {{ source('ref', 'rule_nodes') }} as nodes on leaves.node_id = nodes.node_id
),
{% for depth in range(7, -1, -1) %}
level_{{ depth }} as (
    select * from level_{{ depth + 1 }} where depth <= {{ depth }}
    union all
    select
        below.subject_id,
        nodes.node_id,
        any_value(nodes.parent_id),
        any_value(nodes.position),
        any_value(nodes.depth),
        case any_value(nodes.op)
            when 'all' then min(below.v)
            when 'any' then max(below.v)
            when 'not' then 2 - min(below.v)
            when 'if' then
                case max(below.v) filter (where below.position = 0)
                    when 2 then max(below.v) filter (where below.position = 1)
                    when 1 then case when max(below.v) filter (where below.position = 1) = 2 then 2 else 1 end
                end
        end
    from level_{{ depth + 1 }} as below
    inner join {{ source('ref', 'rule_nodes') }} as nodes on below.parent_id = nodes.node_id
    where below.depth = {{ depth + 1 }}
    group by below.subject_id, nodes.node_id
){{ "," if not loop.last }}
{% endfor %}
{%- endmacro %}
