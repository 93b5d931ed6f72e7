-- Grain: one row per row of a counted award list and rule it fails.
{{ config(meta={'by': 'unit'}) }}
{% set rules = award_row_rules() %}
with failing as (
    select rows.*, flags.suggested_label{% for rule, _, _ in rules %}, flags."{{ rule }}"{% endfor %}
    from {{ ref('int_award_flags') }} as flags
    inner join {{ ref('int_award_rows') }} as rows
        on flags.row_id = rows.row_id
        and flags.unit_code = rows.unit_code
    where {% for rule, _, _ in rules %}flags."{{ rule }}" = 'fail'{{ " or " if not loop.last }}{% endfor %}
),

judged as (
    select *
    from failing unpivot (verdict for rule_id in ({% for rule, _, _ in rules %}"{{ rule }}"{{ ", " if not loop.last }}{% endfor %}))
),

sizes as (
    select *
    from (
        select
            submission_id,
            source_sheet,
            {% for rule, _, _ in rules %}count("{{ rule }}") as "{{ rule }}"{{ ", " if not loop.last }}{% endfor %}
        from {{ ref('int_award_flags') }}
        where not is_duplicate
        group by submission_id, source_sheet
    ) unpivot (list_size for rule_id in ({% for rule, _, _ in rules %}"{{ rule }}"{{ ", " if not loop.last }}{% endfor %}))
),

rules (rule_id, field, is_lacking) as (
    values {% for rule, field, cause in rules %}('{{ rule }}', '{{ field }}', {{ cause }}){{ ", " if not loop.last }}{% endfor %}
)

select
    judged.row_id,
    judged.form_id as suite,
    judged.rule_id,
    judged.verdict,
    judged.programme_id,
    judged.unit_code,
    judged.form_id,
    null::varchar as nomination_id,
    judged.recipient_name,
    concat_ws('|', judged.recipient_kind, judged.name_key, judged.award_code, judged.award_year) as recipient_key,
    rules.field,
    to_json({
        'row': judged.source_row,
        'read': coalesce(
            case rules.field
                when 'kind' then judged.kind_raw when 'award' then judged.award_raw
                when 'year' then judged.year_raw when 'object_class' then judged.object_class_raw
            end, ''
        ),
        'year': coalesce(judged.award_year::varchar, ''),
        'position': case when rules.rule_id in ('CP-ALL-CO-SO', 'CP-ALL-MAU-THUAN') then coalesce(judged.position, '') else '' end,
        'suggestion': case when rules.rule_id = 'CP-ALL-CO-SO' then coalesce(judged.suggested_label, '') else '' end
    })::varchar as params,
    true as list_cause,
    -- rows that lack a value have one cause, those that hold a wrong one have it where the value is the same
    case when not rules.is_lacking then
        case rules.field when 'kind' then judged.kind_raw when 'award' then judged.award_raw when 'year' then judged.year_raw end
    end as cause,
    case when judged.rule_id <> 'CP-ALL-TRUNG' then sizes.list_size end as list_size,
    judged.submission_id,
    judged.source_file,
    judged.source_sheet,
    judged.source_row,
    {{ cell('rules.field') }} as source_cell
from judged
inner join rules on judged.rule_id = rules.rule_id
-- none where every row of a list repeats another list's
left join sizes
    on judged.submission_id = sizes.submission_id
    and judged.source_sheet is not distinct from sizes.source_sheet
    and judged.rule_id = sizes.rule_id
where judged.verdict = 'fail'
    -- a row that repeats another is asked about once: as a repetition
    and (not judged.is_duplicate or judged.rule_id = 'CP-ALL-TRUNG')
