-- Grain: one row per subject and leaf about what came with it: documents, lists that name it, its sender, the day.
with asked as (
    select leaves.*, subjects.programme_id, subjects.unit_code, subjects.received_on, subjects.link_key,
        subjects.recipient_kind, subjects.submission_id, subjects.part_no
    from {{ ref('int_leaves') }} as leaves
    inner join {{ ref('int_subjects') }} as subjects on leaves.subject_no = subjects.subject_no
    where leaves.op in ('document', 'named_in', 'column_used', 'sent_by', 'received', 'never_awarded', 'asked_for')
),

wanted as (
    select leaf_no, value as form_id from {{ ref('stg_ref__leaf_values') }} where kind = 'form'
),

companions as (
    select leaf_no, value as form_id from {{ ref('stg_ref__leaf_values') }} where kind = 'with_form'
),

documents as (
    select
        asked.subject_no,
        asked.leaf_no,
        max(case when found.submission_id is not null and (companions.form_id is null or beside.submission_id is not null)
            and (
                phases.phase_id is null
                or phases.phase_id = found.phase_id
                or found.phase_id is null
                and coalesce(found.year, year(found.received_on)) between phases.first_year and phases.last_year
            )
            then 2 else 0 end) as v
    from asked
    left join wanted on asked.leaf_no = wanted.leaf_no
    left join companions on asked.leaf_no = companions.leaf_no
    left join {{ ref('int_documents') }} as found
        on asked.programme_id = found.programme_id
        and asked.unit_code = found.unit_code
        and wanted.form_id = found.form_id
        and coalesce(asked.papers_year = coalesce(found.year, year(found.received_on)), true)
    left join {{ ref('stg_ref__phases') }} as phases
        on asked.programme_id = phases.programme_id
        and asked.papers_phase = phases.phase_id
    left join {{ ref('int_documents') }} as beside
        on found.programme_id = beside.programme_id
        and found.unit_code = beside.unit_code
        and found.received_on = beside.received_on
        and companions.form_id = beside.form_id
    where asked.op = 'document'
    group by asked.subject_no, asked.leaf_no
),

named as (
    select
        records.programme_id,
        records.unit_code,
        records.form_id,
        records.link_key,
        records.record_year,
        records.recipient_kind
    from {{ ref('int_records') }} as records
    where records.link_key is not null
),

named_in as (
    select
        asked.subject_no,
        asked.leaf_no,
        max(case when named.link_key is not null then 2 else 0 end) as v
    from asked
    left join wanted on asked.leaf_no = wanted.leaf_no
    left join named
        on asked.programme_id = named.programme_id
        and asked.link_key = named.link_key
        and wanted.form_id = named.form_id
        and (asked.unit_code = named.unit_code or asked.scope = 'programme')
        and (
            asked.recipient_kind is null
            or named.recipient_kind is null
            or asked.recipient_kind = named.recipient_kind
        )
        and (not coalesce(asked.same_year, false) or asked.nomination_year = named.record_year)
    where asked.op = 'named_in'
    group by asked.subject_no, asked.leaf_no
)

select * from documents
union all
select * from named_in
union all
-- a column that nobody filled in is as good as not there: lists may be sent in the form as it was issued
select asked.subject_no, asked.leaf_no, max(case when columns.field is not null then 2 else 0 end)
from asked
left join {{ ref('int_columns') }} as columns
    on asked.submission_id = columns.submission_id
    and asked.part_no = columns.part_no
    and asked.field = columns.field
where asked.op = 'column_used'
group by asked.subject_no, asked.leaf_no
union all
select asked.subject_no, asked.leaf_no, max(case when units.unit_code is not null then 2 else 0 end)
from asked
left join {{ ref('stg_ref__leaf_values') }} as types on asked.leaf_no = types.leaf_no and types.kind = 'unit_type'
left join {{ ref('stg_ref__units') }} as units
    on asked.unit_code = units.unit_code
    and types.value = units.unit_type
where asked.op = 'sent_by'
group by asked.subject_no, asked.leaf_no
union all
-- of its form, its year and what its title names
select asked.subject_no, asked.leaf_no, max(case when cells.cell_id is not null then 2 else 0 end)
from asked
left join {{ ref('stg_raw__parts') }} as parts
    on asked.submission_id = parts.submission_id
    and asked.part_no = parts.part_no
left join {{ ref('stg_ref__coverage_requirements') }} as requirements
    on parts.form_id = requirements.form_id
    and coalesce(requirements.document_year = parts.document_year, requirements.document_year is null)
    and {{ title_meets('parts.title', 'requirements') }}
left join {{ ref('stg_ref__coverage_cells') }} as cells
    on requirements.cell_id = cells.cell_id
    and asked.programme_id = cells.programme_id
where asked.op = 'asked_for'
group by asked.subject_no, asked.leaf_no
union all
-- what lists of awards say of whoever has the name; lists without it speak for the nominee
select
    asked.subject_no,
    asked.leaf_no,
    min(case when codes.leaf_no is null then 2 when history.is_certain then 0 else 1 end)
from asked
left join {{ ref('int_award_history') }} as history
    on asked.subject_no = history.subject_no
    and (not asked.has_window or history.award_year between asked.first_year and asked.last_year)
left join {{ ref('stg_ref__leaf_values') }} as codes
    on asked.leaf_no = codes.leaf_no
    and codes.kind = 'code'
    and codes.value in (history.award_code, '*')
    and history.subject_no is not null
where asked.op = 'never_awarded'
group by asked.subject_no, asked.leaf_no
union all
select
    subject_no,
    leaf_no,
    case
        when received_on < from_day then 0
        when received_on > to_day then 0
        when received_on = to_day and wording = 'exclusive' then 0
        else 2
    end as v
from asked
where op = 'received'
