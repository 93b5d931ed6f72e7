-- Grain: one row per nomination and rule judged on it: completeness rules, criteria and groups of criteria.
with fields as (
    select distinct
        rule_id,
        coalesce(of, 'self') as of,
        unnest([
            field,
            other,
            case when op like 'rating%' then 'rating' when op like 'award%' then 'award' end
        ]) as field
    from {{ source('ref', 'rule_nodes') }}
),

judged as (
    select cases.subject_no, verdicts.*
    from {{ ref('int_rule_verdicts') }} as verdicts
    inner join {{ ref('int_cases') }} as cases on verdicts.case_no = cases.case_no
    where verdicts.about = 'nomination' and verdicts.v is not null
),

used as (
    select
        verdicts.subject_no,
        verdicts.rule_id,
        to_json(list({
            'of': facts.of,
            'field': facts.field,
            'year': facts.year,
            'value': coalesce(facts.code, facts.number::varchar, facts.day::varchar, left(facts.text, 200)),
            'decision_no': facts.decision_no,
            'decision_date': facts.day,
            'sheet': facts.source_sheet,
            'cell': facts.cell
        } order by facts.of, facts.field, facts.year, facts.item, facts.source_sheet, facts.cell, facts.code,
            facts.number, facts.day, facts.text))::varchar as values_used,
        string_agg(distinct facts.cell, '; ' order by facts.cell) as source_cells
    from judged as verdicts
    inner join fields on verdicts.rule_id = fields.rule_id and fields.field is not null
    inner join {{ ref('int_facts') }} as facts
        on verdicts.subject_no = facts.subject_no
        and fields.field = facts.field
        and fields.of = facts.of
    group by verdicts.subject_no, verdicts.rule_id
)

select
    subjects.subject_id as nomination_id,
    nominations.programme_id,
    nominations.unit_code,
    verdicts.tree as kind,
    verdicts.rule_id,
    {{ verdict_word('verdicts.v') }} as verdict,
    used.values_used,
    used.source_cells,
    nominations.source_file
from judged as verdicts
inner join {{ ref('int_subjects') }} as subjects on verdicts.subject_no = subjects.subject_no
inner join {{ ref('int_nominations') }} as nominations on subjects.subject_id = nominations.nomination_id
left join used on verdicts.subject_no = used.subject_no and verdicts.rule_id = used.rule_id

union all

select
    subjects.subject_id,
    nominations.programme_id,
    nominations.unit_code,
    'group',
    groups.group_id,
    {{ verdict_word('groups.v') }},
    null,
    null,
    nominations.source_file
from {{ ref('int_group_verdicts') }} as groups
inner join {{ ref('int_cases') }} as cases on groups.case_no = cases.case_no
inner join {{ ref('int_subjects') }} as subjects on cases.subject_no = subjects.subject_no
inner join {{ ref('int_nominations') }} as nominations on subjects.subject_id = nominations.nomination_id
where groups.v is not null
