-- Grain: one row per nomination, or record attached to one, that names a recipient: whom, and the key it is told by.
-- Rows of award lists have theirs in int_award_events.
with told as (
    -- a record tells post, workplace and day of birth in fields of its own
    select
        record_id,
        min({{ title_key('value_text') }}) filter (where field like '%don_vi_cong_tac') as workplace_key,
        min(value_text) filter (where field like '%don_vi_cong_tac') as workplace,
        min(value_text) filter (where field like '%chuc_vu') as position,
        min(value_date) filter (where field = 'ngay_sinh') as born
    from {{ ref('stg_raw__field_values') }}
    where field like '%don_vi_cong_tac' or field like '%chuc_vu' or field = 'ngay_sinh'
    group by record_id
),

named as (
    select
        'nomination' as about,
        nomination_id as about_id,
        record_id,
        programme_id,
        unit_code,
        form_id,
        recipient_kind,
        recipient_name,
        name_key,
        workplace_key,
        workplace,
        position,
        year,
        received_on,
        submission_id,
        source_file,
        source_sheet,
        source_row,
        source_cell
    from {{ ref('int_nominations') }}
    where name_key is not null

    union all

    select
        'record',
        records.record_id,
        records.record_id,
        records.programme_id,
        records.unit_code,
        records.form_id,
        records.recipient_kind,
        records.recipient_name,
        records.name_key,
        null,
        null,
        null,
        records.record_year,
        records.received_on,
        records.submission_id,
        records.source_file,
        records.source_sheet,
        records.source_row,
        records.source_cell
    from {{ ref('int_records') }} as records
    inner join {{ ref('stg_ref__attached_forms') }} as forms
        on records.programme_id = forms.programme_id
        and records.form_id = forms.form_id
    where records.name_key is not null
        and not exists (
            select 1 from {{ ref('int_nominations') }} as nominations where nominations.record_id = records.record_id
        )
),

placed as (
    select
        named.about,
        named.about_id,
        named.record_id,
        named.programme_id,
        named.unit_code,
        named.form_id,
        named.recipient_kind,
        named.recipient_name,
        {{ person_key('named.name_key', 'named.recipient_kind') }} as name_key,
        named.name_key as told_name,
        coalesce(named.workplace_key, told.workplace_key) as workplace_key,
        coalesce(named.workplace, told.workplace) as workplace,
        coalesce(named.position, told.position) as position,
        told.born,
        named.year,
        named.received_on,
        named.submission_id,
        named.source_file,
        named.source_sheet,
        named.source_row,
        named.source_cell
    from named
    left join told on named.record_id = told.record_id
),

keyed as (
    select
        placed.*,
        {{ recipient_key('recipient_kind', 'told_name', 'unit_code', 'workplace_key', 'position') }} as told_key
    from placed
)

select
    keyed.about,
    keyed.about_id,
    keyed.record_id,
    keyed.programme_id,
    keyed.unit_code,
    keyed.form_id,
    keyed.recipient_kind,
    keyed.recipient_name,
    keyed.name_key,
    keyed.workplace_key,
    keyed.workplace,
    keyed.position,
    keyed.born,
    {{ split_key('keyed.told_key', 'splits') }} as recipient_key,
    keyed.year,
    keyed.received_on,
    keyed.submission_id,
    keyed.source_file,
    keyed.source_sheet,
    keyed.source_row,
    keyed.source_cell
from keyed
{{ splits_of('keyed.told_key', 'keyed.position', 'keyed.year', 'splits') }}
