-- Grain: one row per nominee and dossier: forms of one family name the same nominees, each of whom counts once.
with attributes as (
    select
        record_id,
        max(value_code) filter (where field = 'linh_vuc') as field_id,
        max(value_code) filter (where field = 'nhom_doi_tuong') as subject_group
    from {{ ref('stg_raw__field_values') }}
    where field in ('linh_vuc', 'nhom_doi_tuong')
    group by record_id
),

named as (
    select
        records.record_id,
        forms.family,
        forms.kind,
        forms.rank,
        records.programme_id,
        records.unit_code,
        records.form_id,
        records.recipient_kind,
        records.recipient_name,
        records.name_key,
        records.link_key,
        null::varchar as workplace_key,
        null::varchar as position,
        null::varchar as workplace,
        null::varchar as proposed_award,
        records.record_year as year,
        attributes.subject_group,
        attributes.field_id,
        records.received_on,
        records.submission_id,
        records.part_no,
        records.source_file,
        records.source_sheet,
        records.source_row,
        records.source_cell
    from {{ ref('int_records') }} as records
    inner join {{ ref('stg_ref__nomination_forms') }} as forms
        on records.programme_id = forms.programme_id
        and records.form_id = forms.form_id
        and records.record_kind = forms.records
    left join attributes on records.record_id = attributes.record_id

    union all

    select
        rows.record_id,
        forms.family,
        forms.kind,
        forms.rank,
        rows.programme_id,
        rows.unit_code,
        rows.form_id,
        rows.recipient_kind,
        rows.recipient_name,
        rows.name_key,
        {{ person_key('rows.name_key', 'rows.recipient_kind') }},
        rows.workplace_key,
        rows.position,
        rows.workplace,
        rows.award_code,
        null,
        null,
        null,
        rows.received_on,
        rows.submission_id,
        rows.part_no,
        rows.source_file,
        rows.source_sheet,
        rows.source_row,
        {{ cell("'recipient_name'") }}
    from {{ ref('int_listed_awards') }} as rows
    inner join {{ ref('stg_ref__nomination_forms') }} as forms
        on rows.programme_id = forms.programme_id
        and rows.form_id = forms.form_id
        and forms.records = 'award_rows'
    where rows.is_current
),

-- Within a form, people who share a name are told apart by their order.
ordered as (
    select
        *,
        row_number() over (
            partition by programme_id, unit_code, form_id, year, link_key
            order by received_on, source_file, part_no, source_row, record_id
        ) as namesake_no,
        row_number() over (
            partition by programme_id, unit_code, family, form_id, link_key
            order by received_on, source_file, part_no, source_row, record_id
        ) as nth_of_name
    from named
    -- an attached report without a name proposes no one
    where name_key is not null or rank < 3
),

-- Forms of one family: the first rank names a nominee, the others add only whom it does not name.
chosen as (
    select *
    from ordered
    qualify name_key is null
        or rank = min(rank) over (partition by programme_id, unit_code, family, link_key, nth_of_name)
),

phased as (
    select
        chosen.*,
        documents.phase_id as declared_phase
    from chosen
    left join {{ ref('int_documents') }} as documents
        on chosen.submission_id = documents.submission_id
        and chosen.part_no = documents.part_no
        and chosen.form_id = documents.form_id
),

-- A programme with declared phases: the phase is what the form says (POL-CB-2023-OVERLAP); half_year puts what
-- came in the year two phases share into the earlier one until June, then into the later one.
halves as (
    select
        phased.*,
        case
            when {{ policy('POL-CB-2023-OVERLAP') }} = '"half_year"'
                and shared.phase_id is not null
                and year(phased.received_on) = shared.year
                then case when month(phased.received_on) <= 6 then shared.phase_id else shared.next_phase_id end
            else phased.declared_phase
        end as phase_in_force,
        own.has_phases
    from phased
    left join (
        select earlier.programme_id, earlier.phase_id, later.phase_id as next_phase_id, later.first_year as year
        from {{ ref('stg_ref__phases') }} as earlier
        inner join {{ ref('stg_ref__phases') }} as later
            on earlier.programme_id = later.programme_id
            and earlier.last_year = later.first_year
            and later.kind = 'declared'
        where earlier.kind = 'declared'
    ) as shared on phased.programme_id = shared.programme_id
    left join (
        select programme_id, true as has_phases
        from {{ ref('stg_ref__phases') }}
        where kind = 'declared'
        group by programme_id
    ) as own on phased.programme_id = own.programme_id
),

kinds as (
    -- LS-M03 without «Loại»: the record of the same name in the unit tells (docs/contract.md#forms)
    select
        attached.programme_id,
        attached.unit_code,
        attached.link_key,
        min(attached.recipient_kind) as recipient_kind,
        max(fields.value_code) filter (where fields.field = 'nhom_doi_tuong') as subject_group
    from {{ ref('int_records') }} as attached
    inner join {{ ref('stg_ref__attached_forms') }} as forms
        on attached.programme_id = forms.programme_id
        and attached.form_id = forms.form_id
    left join {{ ref('stg_raw__field_values') }} as fields on attached.record_id = fields.record_id
    where attached.recipient_kind is not null
    group by all
    having count(distinct attached.recipient_kind) = 1
),

known as (
    select
        substr(sha256(concat_ws(
            '|', halves.programme_id, halves.unit_code, halves.family,
            coalesce(halves.phase_in_force, halves.year::varchar, ''), coalesce(halves.link_key, ''),
            halves.namesake_no
        )), 1, 16) as nomination_id,
        halves.record_id,
        halves.family,
        halves.kind,
        halves.programme_id,
        case when halves.has_phases then halves.phase_in_force else halves.programme_id end as phase_id,
        halves.unit_code,
        halves.form_id,
        coalesce(halves.recipient_kind, kinds.recipient_kind) as recipient_kind,
        halves.recipient_name,
        halves.name_key,
        halves.link_key,
        halves.workplace_key,
        halves.position,
        halves.workplace,
        halves.proposed_award,
        coalesce(halves.subject_group, kinds.subject_group) as subject_group,
        halves.field_id,
        halves.year,
        halves.received_on,
        halves.submission_id,
        halves.part_no,
        halves.source_file,
        halves.source_sheet,
        halves.source_row,
        halves.source_cell
    from halves
    left join kinds
        on halves.programme_id = kinds.programme_id
        and halves.unit_code = kinds.unit_code
        and halves.link_key = kinds.link_key
    qualify row_number() over (partition by nomination_id order by halves.received_on desc, halves.record_id) = 1
)

select
    *,
    -- rows of one list equal in all they tell of a nominee name the same one again
    case
        when name_key is null or coalesce(workplace_key, '') = '' and coalesce(position, '') = '' then record_id
        else
            first_value(record_id) over (
                partition by
                    submission_id, form_id, recipient_kind, link_key, workplace_key, position, proposed_award, year
                order by part_no, source_row, record_id
            )
    end as first_record_id
from known
