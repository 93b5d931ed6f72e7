-- Grain: one row per row of a counted award list and rule that applies to it.
{% set rules = [
    ('KT-TEN', 'recipient_name', true), ('CP-ALL-LOAI', 'kind', true), ('KT-DANH-HIEU-TRONG', 'award', true),
    ('KT-DANH-HIEU', 'award', false), ('KT-KHONG-PHAI-KHEN', 'award', false), ('KT-NAM', 'year', true),
    ('KT-NGOAI-KY', 'year', false), ('KT-DOI-TUONG', 'award', false), ('CP-ALL-CO-SO', 'object_class', true),
    ('CP-ALL-LANH-DAO', 'object_class', true), ('CP-ALL-MAU-THUAN', 'object_class', false),
    ('CP-ALL-TRUNG', 'recipient_name', false),
] %}
with judged as (
    unpivot {{ ref('int_award_flags') }}
    on {% for rule, _, _ in rules %}"{{ rule }}"{{ ", " if not loop.last }}{% endfor %}
    into name rule_id value verdict
),

rules (rule_id, field, list_cause) as (
    values {% for rule, field, cause in rules %}('{{ rule }}', '{{ field }}', {{ cause }}){{ ", " if not loop.last }}{% endfor %}
)

select
    judged.row_id,
    'KT-DS' as suite,
    judged.rule_id,
    judged.verdict,
    judged.programme_id,
    judged.unit_code,
    'KT-DS' as form_id,
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
        'position': coalesce(judged.position, ''),
        'suggestion': coalesce(judged.suggested_label, '')
    })::varchar as params,
    rules.list_cause,
    judged.submission_id,
    judged.source_file,
    judged.source_sheet,
    judged.source_row,
    {{ cell('rules.field') }} as source_cell
from judged
inner join rules on judged.rule_id = rules.rule_id
-- a row that repeats another is asked about once: as a repetition
where not judged.is_duplicate or judged.rule_id = 'CP-ALL-TRUNG'
