-- Grain: one row per subject and leaf about what came with it: documents, lists that name it, its sender, the day.
with asked as (
    select leaves.*, subjects.programme_id, subjects.unit_code, subjects.received_on, subjects.link_key,
        subjects.recipient_kind, subjects.submission_id, subjects.part_no
    from {{ ref('int_leaves') }} as leaves
    inner join {{ ref('int_subjects') }} as subjects on leaves.subject_no = subjects.subject_no
    where leaves.op in ('document', 'named_in', 'column_used', 'sent_by', 'received')
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
            then 2 else 0 end) as v
    from asked
    left join wanted on asked.leaf_no = wanted.leaf_no
    left join companions on asked.leaf_no = companions.leaf_no
    left join {{ ref('int_documents') }} as found
        on asked.programme_id = found.programme_id
        and asked.unit_code = found.unit_code
        and wanted.form_id = found.form_id
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
