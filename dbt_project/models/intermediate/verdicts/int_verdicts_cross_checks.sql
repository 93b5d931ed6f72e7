-- Grain: one row per nomination or form that contradicts another one.
with people as (
    select
        nominations.*,
        births.day as born,
        coalesce(replace(works.slug, 'y', 'i'), {{ place_key('nominations.workplace_key') }}) as work_slug
    from {{ ref('int_nominations') }} as nominations
    inner join {{ ref('int_subjects') }} as subjects on nominations.nomination_id = subjects.subject_id
    left join (
        select subject_no, max(day) as day from {{ ref('int_facts') }} where field = 'ngay_sinh' group by subject_no
    ) as births on subjects.subject_no = births.subject_no
    left join (
        select subject_no, max(slug) as slug
        from {{ ref('int_facts') }}
        where field in ('don_vi_cong_tac', 'chuc_vu_don_vi_dia_chi.don_vi_cong_tac')
        group by subject_no
    ) as works on subjects.subject_no = works.subject_no
    where nominations.name_key is not null
),

found as (
    -- the later of two equal nominees of one list, phase and year
    select nomination_id, 'CP-ALL-TRUNG' as rule_id, '' as read
    from people
    qualify row_number() over (
        partition by
            programme_id, unit_code, family, coalesce(phase_id, ''), year, coalesce(recipient_kind, ''), name_key
        order by received_on, source_file, part_no, source_row, nomination_id
    ) > 1

    union

    -- the same person (name and day of birth) from another unit of the programme
    select later.nomination_id, 'CP-ALL-TRUNG', ''
    from people as later
    inner join people as earlier
        on later.programme_id = earlier.programme_id
        and later.family = earlier.family
        and later.phase_id is not distinct from earlier.phase_id
        and later.year is not distinct from earlier.year
        and later.recipient_kind = earlier.recipient_kind
        and later.name_key = earlier.name_key
        and later.born = earlier.born
        and later.unit_code <> earlier.unit_code
        and (later.received_on, later.source_file) > (earlier.received_on, earlier.source_file)

    union

    select later.nomination_id, 'CP-ALL-HAI-CT', string_agg(distinct programmes.short_name, ', ' order by programmes.short_name)
    from people as later
    inner join people as earlier
        on later.programme_id <> earlier.programme_id
        and later.recipient_kind = 'ca_nhan'
        and earlier.recipient_kind = 'ca_nhan'
        and later.name_key = earlier.name_key
        and (later.born = earlier.born or (later.born is null or earlier.born is null) and later.work_slug = earlier.work_slug)
        and (later.received_on, later.programme_id) > (earlier.received_on, earlier.programme_id)
    inner join {{ ref('stg_ref__programmes') }} as programmes on earlier.programme_id = programmes.programme_id
    group by later.nomination_id
),

unit_names as (
    select programme_id, unit_code, {{ slug('name') }} as slug from {{ ref('stg_ref__units') }}
    union
    select units.programme_id, units.unit_code, {{ slug('aliases.alias') }}
    from {{ ref('stg_ref__units') }} as units
    inner join {{ ref('stg_ref__unit_aliases') }} as aliases
        on units.name = aliases.canonical
        and aliases.programme_id in (units.programme_id, '*')
),

-- values first: few of them name another unit
names_of_units as materialized (
    select facts.record_id, facts.field, facts.value_text as text, facts.cell, others.*
    from (
        select record_id, field, value_text, {{ slug('value_text') }} as slug, cell
        from {{ ref('stg_raw__field_values') }}
        where field in ('don_vi', 'ten_don_vi', 'don_vi_de_nghi')
    ) as facts
    inner join unit_names as others on facts.slug = others.slug
),

other_units as (
    select subjects.*, others.text as read, others.field, others.cell
    from (
        select distinct on (records.record_id)
            records.record_id,
            records.programme_id,
            records.unit_code,
            records.form_id,
            records.part_key,
            records.submission_id,
            records.source_file,
            records.source_sheet
        from {{ ref('int_records') }} as records
        where records.record_kind = 'head'
    ) as subjects
    inner join names_of_units as others
        on subjects.record_id = others.record_id
        and subjects.programme_id = others.programme_id
        and subjects.unit_code <> others.unit_code
    where not exists (
        select 1
        from {{ ref('stg_ref__unit_ancestors') }} as above
        where (above.unit_code = subjects.unit_code and above.ancestor_code = others.unit_code)
            or (above.ancestor_code = subjects.unit_code and above.unit_code = others.unit_code)
    )
    and others.slug not in (select slug from unit_names as own where own.unit_code = subjects.unit_code)
)

select
    people.nomination_id as row_id,
    people.form_id as suite,
    found.rule_id,
    'fail' as verdict,
    people.programme_id,
    people.unit_code,
    people.form_id,
    people.nomination_id,
    people.recipient_name,
    concat_ws('|', coalesce(people.name_key, ''), coalesce(people.year::varchar, '')) as recipient_key,
    'recipient_name' as field,
    to_json({'read': found.read, 'row': coalesce(people.source_row::varchar, '')})::varchar as params,
    -- a list pasted twice has one cause
    found.rule_id = 'CP-ALL-TRUNG' as list_cause,
    null::bigint as list_size,
    null::varchar as severity,
    people.submission_id,
    people.source_file,
    people.source_sheet,
    people.source_row,
    people.source_cell
from found
inner join people on found.nomination_id = people.nomination_id

union all by name

select
    record_id as row_id,
    form_id as suite,
    'CP-ALL-TEN-DON-VI' as rule_id,
    'fail' as verdict,
    programme_id,
    unit_code,
    form_id,
    coalesce(part_key, '') as recipient_key,
    field,
    to_json({'read': read})::varchar as params,
    false as list_cause,
    submission_id,
    source_file,
    source_sheet,
    cell as source_cell
from other_units

union all by name

-- the last day of the sender was before the file came: taken, and told
select
    files.submission_id as row_id,
    'KT-DS' as suite,
    'CP-ALL-DON-VI-CU' as rule_id,
    'fail' as verdict,
    files.programme_id,
    files.unit_code,
    files.form_id,
    files.source_file as recipient_key,
    'file' as field,
    to_json({'read': {{ day_vi('units.valid_to') }} || coalesce('; đơn vị kế thừa: ' || successors.name, '')})::varchar as params,
    false as list_cause,
    files.submission_id,
    files.source_file
from {{ ref('int_submissions') }} as files
inner join {{ ref('stg_ref__units') }} as units
    on files.unit_code = units.unit_code
    and files.received_on > units.valid_to
left join {{ ref('stg_ref__units') }} as successors on units.successor_code = successors.unit_code
where files.status = 'accepted'
