-- Grain: one row per node of the tree of a rule: its conditions, and how they are joined.
select
    nodes.rule_id,
    nodes.node_id,
    nodes.parent_id,
    nodes.position,
    nodes.op,
    coalesce(nodes.of, 'self') as of,
    sentences.fields,
    nodes.criterion_id,
    nodes.v_without as verdict_without,
    sentences.sentence_vi
from {{ ref('stg_ref__rule_nodes') }} as nodes
inner join {{ ref('stg_ref__rule_sentences') }} as sentences
    on nodes.node_id = sentences.node_id
