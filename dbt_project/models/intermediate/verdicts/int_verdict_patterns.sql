-- Grain: one row per pattern of verdicts, and rule in it: how many judged things have exactly these verdicts.
-- Great Expectations asserts the patterns, each standing for all its rows.
{% set rules = award_row_rules() %}
with award_rows as (
    select
        {% for rule, _, _ in rules %}
        {%- if rule == 'CP-ALL-TRUNG' %}"{{ rule }}"{% else %}case when not is_duplicate then "{{ rule }}" end as "{{ rule }}"{% endif %}
        {{- "," if not loop.last }}
        {% endfor %}
    from {{ ref('int_award_flags') }}
),

award_patterns as (
    unpivot (
        select *, row_number() over () as pattern
        from (select *, count(*) as rows from award_rows group by all)
    )
    on {% for rule, _, _ in rules %}"{{ rule }}"{{ ", " if not loop.last }}{% endfor %}
    into name rule_id value verdict
),

subject_patterns as (
    select subjects.form_id as suite, judged.verdicts, count(*) as rows
    from (
        select verdicts.subject_no, string_agg(trees.rule_id || '=' || verdicts.v, ' ' order by trees.rule_id) as verdicts
        from {{ ref('int_rule_verdicts') }} as verdicts
        inner join {{ source('ref', 'rule_trees') }} as trees on verdicts.rule_no = trees.rule_no
        where trees.tree = 'completeness'
        group by verdicts.subject_no
    ) as judged
    inner join {{ ref('int_subjects') }} as subjects on judged.subject_no = subjects.subject_no
    group by subjects.form_id, judged.verdicts
),

single as (
    select suite, rule_id, verdict, count(*) as rows from {{ ref('int_verdicts_reading') }} group by all
    union all
    select suite, rule_id, verdict, count(*) from {{ ref('int_verdicts_cross_checks') }} group by all
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

select 'KT-DS' as suite, 'KT-DS ' || pattern as pattern, rule_id, verdict, rows from award_patterns
union all
select
    suite,
    suite || ' ' || md5(verdicts),
    split_part(pair, '=', 1),
    {{ verdict_word("split_part(pair, '=', 2)::integer") }},
    rows
from (select suite, verdicts, rows, unnest(string_split(verdicts, ' ')) as pair from subject_patterns)
union all
select suite, suite || ' ' || rule_id || ' ' || verdict, rule_id, verdict, rows from single
