-- Grain: one row per cell, unit expected and thing considered for it (a nominee, a document, or what is missing).
with considered as (
    select
        cell_id, unit_code, counted_unit_code, null::integer as requirement_no, form_id, submission_id,
        record_id, recipient_kind, recipient_name, received_on, null::date as happened_on,
        reason, is_blocked, source_file, source_sheet, source_row
    from {{ ref('int_coverage_counted') }}

    union all

    select
        cell_id, unit_code, counted_unit_code, requirement_no, form_id, submission_id,
        null, null, null, received_on, happened_on,
        reason, reason = 'blocked', source_file, source_sheet, null
    from {{ ref('int_coverage_documents') }}
),

asked as (
    select
        cell_id,
        requirement_no,
        string_agg(form_id, ' / ' order by form_id) as forms
    from {{ ref('stg_ref__coverage_requirements') }}
    group by cell_id, requirement_no
),

-- what is due and has not come
missing as (
    select status.cell_id, status.unit_code, asked.requirement_no, asked.forms
    from {{ ref('int_coverage_status') }} as status
    inner join asked on status.cell_id = asked.cell_id
    left join considered
        on status.cell_id = considered.cell_id
        and status.unit_code = considered.unit_code
        and asked.requirement_no = considered.requirement_no
    where status.status in ('partial', 'none') and considered.cell_id is null
),

rows as (
    select * from considered
    union all by name
    select cell_id, unit_code, requirement_no, forms as form_id, 'missing' as reason from missing
),

-- a nominee is held back by its own findings and those of its form, a document by any of its form
held_back as (
    select
        rows.submission_id,
        rows.form_id,
        rows.record_id,
        string_agg(distinct blocks.rule_ids, ', ' order by blocks.rule_ids) as rule_ids
    from (select distinct submission_id, form_id, record_id from rows where is_blocked) as rows
    inner join {{ ref('int_coverage_blocks') }} as blocks
        on rows.submission_id = blocks.submission_id
        and rows.form_id = blocks.form_id
        and (
            rows.record_id is null
            or blocks.record_id is null
            or rows.record_id = blocks.record_id
        )
    group by all
)

select
    cells.programme_id,
    rows.cell_id,
    rows.unit_code,
    rows.counted_unit_code,
    rows.requirement_no,
    rows.form_id,
    rows.submission_id,
    nominations.nomination_id,
    rows.recipient_kind,
    rows.recipient_name,
    rows.received_on,
    rows.happened_on,
    rows.reason = 'counted' as is_counted,
    rows.reason,
    words.label as reason_vi,
    held_back.rule_ids as blocking_rules,
    rows.source_file,
    rows.source_sheet,
    rows.source_row,
    cells.document,
    cells.section,
    cells.quote,
    cells.seed_ref
from rows
inner join {{ ref('int_coverage_cells') }} as cells on rows.cell_id = cells.cell_id
left join {{ ref('stg_ref__words') }} as words
    on words.vocabulary = 'coverage_reason' and rows.reason = words.code
left join held_back
    on rows.is_blocked
    and rows.submission_id = held_back.submission_id
    and rows.form_id = held_back.form_id
    and rows.record_id is not distinct from held_back.record_id
left join {{ ref('int_nominations') }} as nominations on rows.record_id = nominations.record_id
