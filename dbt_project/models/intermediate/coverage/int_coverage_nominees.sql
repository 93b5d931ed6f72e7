-- Grain: one row per nominee on a form that a cell counts, in a readable file; superseded ones too.
{% set place_fields = ['don_vi', 'dia_chi', 'chuc_vu_don_vi_dia_chi'] %} {# tell namesakes of one form apart #}
with forms as (
    select distinct asked.form_id
    from {{ cell_forms() }} as asked
    anti join {{ ref('stg_ref__coverage_requirements') }} as documents on asked.cell_id = documents.cell_id
),

with_rows as (
    select distinct submission_id, part_no from {{ ref('stg_raw__records') }} where record_kind = 'row'
),

-- a row of a table, or the head of a form that has no table: a person's report
records as (
    select records.*
    from {{ ref('stg_raw__records') }} as records
    inner join forms on records.form_id = forms.form_id
    left join with_rows on records.submission_id = with_rows.submission_id and records.part_no = with_rows.part_no
    where records.record_kind = 'row' or with_rows.part_no is null
),

facts as (
    select
        fields.record_id,
        min(known_fields.field_id) as field_id,
        min(groups.code) as subject_group,
        list(distinct fields.field order by fields.field) filter (
            where trim(coalesce(fields.value_text, fields.value_code, fields.text_raw, '')) <> ''
        ) as filled_fields,
        string_agg(lower(fields.value_text), '|' order by fields.field, fields.item)
            filter (where fields.field in ('{{ place_fields | join("', '") }}')) as place
    from {{ ref('stg_raw__field_values') }} as fields
    semi join records on fields.record_id = records.record_id
    left join {{ ref('stg_ref__activity_fields') }} as known_fields on fields.value_code = known_fields.field_id
    left join {{ ref('stg_ref__subject_groups') }} as groups on fields.value_code = groups.code
    group by fields.record_id
),

nominees as (
    select
        records.record_id,
        records.submission_id,
        records.part_no,
        records.form_id,
        records.part_key,
        records.record_year,
        coalesce(records.recipient_kind, nominations.recipient_kind) as recipient_kind,
        records.recipient_name,
        {{ person_key('records.name_key', 'coalesce(records.recipient_kind, nominations.recipient_kind)') }} as name_key,
        coalesce(facts.subject_group, nominations.subject_group) as subject_group,
        facts.field_id,
        coalesce(facts.filled_fields, []) as filled_fields,
        facts.place,
        null as award_level,
        levels.record_id is not null as is_grassroots,
        records.source_sheet,
        records.source_row
    from records
    left join {{ ref('int_grassroots_models') }} as levels on records.record_id = levels.record_id
    left join facts on records.record_id = facts.record_id
    left join {{ ref('int_nominations') }} as nominations on records.record_id = nominations.record_id

    union all by name

    -- rows of a list of proposals
    select
        rows.record_id,
        rows.submission_id,
        rows.part_no,
        rows.form_id,
        rows.part_key,
        rows.award_year as record_year,
        rows.recipient_kind,
        rows.recipient_name,
        {{ person_key('rows.name_key', 'rows.recipient_kind') }} as name_key,
        nominations.subject_group,
        null as field_id,
        [] as filled_fields,
        concat_ws('|', rows.workplace_key, lower(rows.position)) as place,
        awards.level as award_level,
        false as is_grassroots,
        rows.source_sheet,
        rows.source_row
    from {{ ref('int_listed_awards') }} as rows
    inner join forms on rows.form_id = forms.form_id
    left join {{ ref('int_nominations') }} as nominations
        on rows.record_id = nominations.record_id
    left join {{ ref('stg_ref__awards') }} as awards on rows.award_code = awards.award_code
)

select
    nominees.*,
    files.programme_id,
    files.unit_code,
    files.received_on,
    files.source_file,
    coalesce(parts.document_date, files.received_on) as form_date,
    parts.is_signed,
    coalesce(keys.is_current, false) as is_current
from nominees
inner join {{ ref('int_files') }} as files
    on nominees.submission_id = files.submission_id
    and files.copy_no = 1
left join {{ ref('stg_raw__parts') }} as parts
    on nominees.submission_id = parts.submission_id
    and nominees.part_no = parts.part_no
left join {{ ref('int_current_keys') }} as keys
    on nominees.submission_id = keys.submission_id
    and nominees.form_id = keys.form_id
    and nominees.part_key = keys.part_key
