-- Grain: one row per suite (kind of thing judged), rule and verdict: how many judged things have it.
-- A suite may take a rule from several ways of judging: sum over them.
{% set rules = award_row_rules() %}
with award_rows as (
    select
        form_id,
        {% for rule, _, _ in rules %}
        {%- if rule == 'CP-ALL-TRUNG' %}"{{ rule }}"{% else %}case when not is_duplicate then "{{ rule }}" end as "{{ rule }}"{% endif %}
        {{- "," if not loop.last }}
        {% endfor %}
    from {{ ref('int_award_flags') }}
),

-- rows are many, ways in which they come out few: only those are turned into a row per rule
ways as (
    select *, count(*) as n from award_rows group by all
),

award_verdicts as (
    select *
    from ways unpivot (verdict for rule_id in ({% for rule, _, _ in rules %}"{{ rule }}"{{ ", " if not loop.last }}{% endfor %}))
),

single as (
    select suite, rule_id, verdict, count(*) as rows from {{ ref('int_verdicts_reading') }} group by all
    union all
    select suite, rule_id, verdict, count(*) from {{ ref('int_verdicts_cross_checks') }} group by all
    union all
    select suite, rule_id, verdict, count(*) from {{ ref('int_verdicts_decisions') }} group by all
    union all
    select suite, rule_id, verdict, count(*) from {{ ref('int_verdicts_history') }} group by all
    union all
    select suite, rule_id, verdict, count(*) from {{ ref('int_verdicts_between_units') }} group by all
    union all
    select suite, rule_id, verdict, count(*) from {{ ref('int_verdicts_mau_02') }} group by all
    union all
    select 'DON-VI', rule_id, {{ verdict_word('v') }}, count(*)
    from (
        select rule_id, min(v) as v
        from {{ ref('int_counts') }}
        where v is not null
        group by rule_id, programme_id, unit_code, period
    )
    group by all
    union all
    select 'DON-VI', rule_id, {{ verdict_word('v') }}, count(*) from {{ ref('int_dues') }} where v is not null group by all
)

select form_id as suite, rule_id, verdict, sum(n)::bigint as rows from award_verdicts group by all
union all
select subjects.form_id, trees.rule_id, {{ verdict_word('verdicts.v') }}, count(*)
from {{ ref('int_rule_verdicts') }} as verdicts
inner join {{ ref('stg_ref__rule_trees') }} as trees on verdicts.rule_no = trees.rule_no
inner join {{ ref('int_subjects') }} as subjects on verdicts.subject_no = subjects.subject_no
where trees.tree = 'completeness'
group by all
union all
select suite, rule_id, verdict, rows from single
