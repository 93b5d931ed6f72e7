-- Grain: one row per thing the reader could not take as it stood, in a file that counts tonight.
with asked as (
    -- cells whose value is asked for because it could not be read: the rule that asks prints what stands there
    select verdicts.submission_id, verdicts.source_sheet, verdicts.source_cell, rules.severity
    from (
        select rule_id, submission_id, source_sheet, source_cell, params from {{ ref('int_verdicts_award_rows') }}
        union all
        select rule_id, submission_id, source_sheet, source_cell, params from {{ ref('int_verdicts_completeness') }}
    ) as verdicts
    inner join {{ ref('stg_ref__completeness_rules') }} as rules on verdicts.rule_id = rules.rule_id
    where rules.category in ('missing_field', 'missing_year')
        and verdicts.params ->> '$.read' <> ''
),

asked_fields as (
    -- an empty cell that a rule asks for, row by row, is not said of its column too
    select distinct verdicts.submission_id, verdicts.field
    from {{ ref('int_verdicts_completeness') }} as verdicts
    inner join {{ ref('stg_ref__completeness_rules') }} as rules on verdicts.rule_id = rules.rule_id
    where rules.category = 'missing_field'
)

select
    found.submission_id || ':' || row_number() over (
        partition by found.submission_id, found.rule_id
        order by found.part_no, found.source_sheet, found.source_row, found.source_cell, found.field, found.params
    ) as row_id,
    'DOC-TEP' as suite,
    found.rule_id,
    'fail' as verdict,
    files.programme_id,
    files.unit_code,
    found.form_id,
    null::varchar as nomination_id,
    found.recipient_name,
    coalesce(found.recipient_name, '') as recipient_key,
    found.field,
    found.params,
    false as list_cause,
    found.submission_id,
    files.source_file,
    found.source_sheet,
    found.source_row,
    found.source_cell
from {{ ref('stg_raw__reading_findings') }} as found
inner join {{ ref('int_submissions') }} as files
    on found.submission_id = files.submission_id
    and files.status = 'accepted'
inner join {{ ref('stg_ref__rules') }} as rules on found.rule_id = rules.rule_id
where not exists (
    select 1
    from asked
    where asked.submission_id = found.submission_id
        and asked.source_sheet is not distinct from found.source_sheet
        and asked.source_cell = found.source_cell
        and (asked.severity = 'blocking' or rules.severity <> 'blocking')
        -- what is said of a whole column is not said by one row
        and found.params ->> '$.gia_tri' is not null
        and found.params ->> '$.so_o' is null
)
    and not exists (
        select 1
        from asked_fields
        where asked_fields.submission_id = found.submission_id
            and asked_fields.field = found.field
            and found.params ->> '$.gia_tri' = ''
    )

union all by name

-- a file that could not be read, or that nobody recognised, is asked for again
select
    files.submission_id as row_id,
    'DOC-TEP' as suite,
    coalesce(rules.rule_ref, files.rule_id) as rule_id,
    'fail' as verdict,
    files.programme_id,
    files.unit_code,
    files.form_id,
    null as nomination_id,
    null as recipient_name,
    files.source_file as recipient_key,
    'file' as field,
    files.intake_params as params,
    false as list_cause,
    files.submission_id,
    files.source_file,
    null as source_sheet,
    null::integer as source_row,
    null as source_cell
from {{ ref('int_submissions') }} as files
-- an unknown unit is a case of a completeness rule
left join {{ ref('stg_ref__rules') }} as rules
    on files.rule_id = rules.rule_id
    and rules.kind = 'reading'
where files.status in ('quarantined', 'unrecognised') and files.rule_id not in ('RD-KHONG-CON', 'RD-CHUA-DEN-NGAY')
