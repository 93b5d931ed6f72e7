-- Grain: one row per rule about a filled mẫu 02 as a whole.
-- The form has no place for the unit's totals or for leaders: where nothing gives them the criterion is
-- unknown, which asks for the fact and blocks nothing (docs/contract.md#which-rules-fire).
with tables as (
    select
        programme_id,
        unit_code,
        min(submission_id) as submission_id,
        min(source_file) as source_file,
        min(source_sheet) as source_sheet
    from {{ ref('int_mau_02_cells') }}
    group by programme_id, unit_code
),

heads as (
    select programme_id, unit_code, min(submission_id) as submission_id
    from {{ ref('int_headcounts') }}
    group by programme_id, unit_code
),

listed as (
    select distinct programme_id, unit_code from {{ ref('int_award_counts') }}
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
