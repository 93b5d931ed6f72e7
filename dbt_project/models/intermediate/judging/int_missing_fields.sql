-- Grain: one row per subject and failed rule that names what it asks for: the names of what is not there.
select
    verdicts.subject_no,
    verdicts.rule_no,
    string_agg(nodes.name, '; ' order by nodes.node_no) as missing_fields
from {{ ref('int_rule_verdicts') }} as verdicts
inner join {{ ref('stg_ref__rule_nodes') }} as nodes on verdicts.rule_no = nodes.rule_no
left join (
    select distinct subject_no, field
    from {{ ref('int_facts') }}
    where of = 'self' and field in (select field from {{ ref('stg_ref__rule_nodes') }} where name is not null)
) as facts
    on verdicts.subject_no = facts.subject_no
    and nodes.field = facts.field
where verdicts.v = 0 and nodes.name is not null and facts.subject_no is null
group by verdicts.subject_no, verdicts.rule_no
