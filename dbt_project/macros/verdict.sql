{# pass where the condition holds, else fail. #}
{% macro verdict(condition) -%}
    case when {{ condition }} then 'pass' else 'fail' end
{%- endmacro %}

{# What was found in lists and nominations as verdicts that fail: rows of `found`, each with its rule. Expressions of it: the field
   judged, what the sentence is told, and what is not as most have it. #}
{% macro failed_verdicts(
    field, params, nomination_id='nomination_id', recipient_key=none, list_cause='false', cause='null::varchar', source_cell='source_cell'
) -%}
    select
        row_id,
        form_id as suite,
        rule_id,
        'fail' as verdict,
        programme_id,
        unit_code,
        form_id,
        {{ nomination_id }} as nomination_id,
        recipient_name,
        {{ recipient_key or "concat_ws('|', recipient_kind, name_key, award_code, award_year)" }} as recipient_key,
        {{ field }} as field,
        {{ json_texts(params) }} as params,
        {{ list_cause }} as list_cause,
        {{ cause }} as cause,
        null::bigint as list_size,
        null::varchar as severity,
        submission_id,
        source_file,
        source_sheet,
        source_row,
        {{ source_cell }} as source_cell
    from found
{%- endmacro %}
