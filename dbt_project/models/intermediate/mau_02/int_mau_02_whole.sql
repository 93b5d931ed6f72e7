-- Grain: one row per rule about a filled mẫu 02, or a final report, as a whole.
-- The form has no place for the unit's totals or for leaders: where nothing gives them the criterion is
-- unknown, which asks for the fact and blocks nothing (CONTRACT §2 «Which rules fire»).
with tables as (
    select
        programme_id,
        unit_code,
        any_value(submission_id) as submission_id,
        any_value(source_file) as source_file,
        any_value(source_sheet) as source_sheet
    from {{ ref('int_mau_02_cells') }}
    group by programme_id, unit_code
),

attached as (
    -- a mẫu 02 that counts tonight, filled or not
    select distinct files.programme_id, files.unit_code
    from {{ source('raw', 'parts') }} as parts
    inner join {{ ref('int_current_keys') }} as keys
        on parts.submission_id = keys.submission_id
        and parts.form_id = keys.form_id
        and keys.is_current
    inner join {{ ref('int_files') }} as files on parts.submission_id = files.submission_id
    where parts.form_id = 'LS-M02'
),

heads as (
    select programme_id, unit_code, min(submission_id) as submission_id
    from {{ ref('int_headcounts') }}
    group by programme_id, unit_code
),

listed as (
    select distinct programme_id, unit_code from {{ ref('int_award_counts') }}
),

reports as (
    select
        records.record_id,
        records.programme_id,
        records.unit_code,
        records.submission_id,
        records.source_file,
        records.source_sheet,
        records.source_row,
        records.source_cell
    from {{ ref('int_records') }} as records
    where records.form_id = 'LS-M01' and records.record_kind = 'head'
)

select
    'CP-LS-M02-MAUSO' as rule_id,
    tables.submission_id || ':*' as row_id,
    tables.programme_id,
    tables.unit_code,
    'LS-M02' as form_id,
    'tong_so' as field,
    case
        when heads.submission_id is null then 'unknown'
        when person_years.collectives is null or person_years.individuals is null then 'fail'
        else 'pass'
    end as verdict,
    tables.submission_id,
    tables.source_file,
    tables.source_sheet,
    null::integer as source_row,
    null::varchar as source_cell
from tables
left join heads on tables.programme_id = heads.programme_id and tables.unit_code = heads.unit_code
left join {{ ref('int_scope_person_years') }} as person_years
    on tables.programme_id = person_years.programme_id
    and tables.unit_code = person_years.unit_code
    and person_years.scope = 'own'

union all

select
    'CP-LS-M02-LANHDAO', tables.submission_id || ':*', tables.programme_id, tables.unit_code, 'LS-M02', 'lanh_dao',
    case when listed.unit_code is null then 'unknown' else 'pass' end,
    tables.submission_id, tables.source_file, tables.source_sheet, null, null
from tables
left join listed on tables.programme_id = listed.programme_id and tables.unit_code = listed.unit_code

union all

select
    'CP-LS-M02-THIEU', reports.record_id, reports.programme_id, reports.unit_code, 'LS-M01', 'mau_02',
    case when attached.unit_code is null then 'fail' else 'pass' end,
    reports.submission_id, reports.source_file, reports.source_sheet, reports.source_row, reports.source_cell
from reports
left join attached on reports.programme_id = attached.programme_id and reports.unit_code = attached.unit_code
