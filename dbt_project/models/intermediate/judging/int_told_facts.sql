-- Grain: one row per fact that a subject's own forms and records tell: a value of a field, an award, a rating of a year.
-- `of`: whom the fact is about (self, party_org, mass_org, led_unit, family).
with kinds as (
    -- what each field of a record is for the judging
    select
        field,
        case
            when field = 'xep_loai.ket_qua' or regexp_matches(field, '^[^.]+\.(nam|so_qd|ngay_qd|award_code)$')
                then 'line'
            when field = 'minh_chung' then 'evidence'
            when field not in ('noi_dung', 'gia_tri') then 'plain'
        end as kind,
        field in ('ten', 'nam', 'stt') as is_of_own_form,
        case
            when field like 'rating.%' then 'rating'
            when field like 'award.%' then 'award'
            else field
        end as fact,
        case
            when field = 'rating.party' then 'self'
            when field like 'rating.%' or field like 'award.%' then split_part(field, '.', 2)
            else 'self'
        end as of
    from (select distinct field from {{ ref('stg_raw__field_values') }})
),

told as (
    select
        subjects.subject_no,
        subjects.class_no,
        links.link,
        records.record_year,
        records.source_sheet,
        case when links.link = 'attached' then records.source_file end as other_file,
        case when links.link = 'attached' then records.submission_id end as other_submission_id,
        kinds.kind,
        kinds.is_of_own_form,
        kinds.fact,
        kinds.of,
        fields.*
    from {{ ref('int_links') }} as links
    inner join {{ ref('int_subjects') }} as subjects on links.subject_id = subjects.subject_id
    inner join {{ ref('int_records') }} as records on links.record_id = records.record_id
    inner join {{ ref('stg_raw__field_values') }} as fields on links.record_id = fields.record_id
    inner join kinds on fields.field = kinds.field
),

evidence as (
    select record_id, max(value_text) as decision_no, max(value_date) as day
    from told
    where kind = 'evidence'
    group by record_id
),

plain as (
    select
        told.subject_no,
        told.class_no,
        told.fact as field,
        told.of,
        told.item,
        case when told.link = 'attached' then told.record_year end as year,
        told.value_number as number,
        told.value_text as text,
        told.value_code as code,
        case when told.link = 'attached' then evidence.day else told.value_date end as day,
        evidence.decision_no,
        told.other_submission_id,
        told.other_file,
        told.source_sheet,
        told.cell
    from told
    left join evidence on told.record_id = evidence.record_id
    where told.kind = 'plain' and not (told.link = 'attached' and told.is_of_own_form)
),

-- lines of awards and ratings: their parts stand under one item number
lines as (
    select
        subject_no,
        class_no,
        record_id,
        other_submission_id,
        other_file,
        source_sheet,
        split_part(field, '.', 1) as list,
        item,
        max(value_code) filter (where field like '%.award_code') as award_code,
        max(text_raw) filter (where field like '%.award_code') as award_text,
        max(value_code) filter (where field = 'xep_loai.ket_qua') as rating_code,
        max(text_raw) filter (where field = 'xep_loai.ket_qua') as rating_text,
        max(value_number) filter (where field like '%.nam')::integer as year,
        max(value_text) filter (where field like '%.so_qd') as decision_no,
        max(value_date) filter (where field like '%.ngay_qd') as day,
        max(cell) filter (where field like '%.award_code' or field = 'xep_loai.ket_qua') as cell
    from told
    where kind = 'line'
    group by all
),

given as (
    select * from plain

    union all by name

    select
        subject_no,
        class_no,
        'award' as field,
        'self' as of,
        item,
        year,
        award_text as text,
        award_code as code,
        day,
        decision_no,
        other_submission_id,
        other_file,
        source_sheet,
        cell
    from lines
    where award_text is not null

    union all by name

    select
        subject_no,
        class_no,
        'rating' as field,
        'self' as of,
        item,
        year,
        rating_text as text,
        rating_code as code,
        other_submission_id,
        other_file,
        source_sheet,
        cell
    from lines
    where rating_text is not null

    union all by name

    -- what the nomination itself says
    select *
    from (
        select
            subjects.subject_no,
            subjects.class_no,
            nominations.source_sheet,
            nominations.source_cell as cell,
            nominations.recipient_kind,
            nominations.subject_group,
            nominations.field_id,
            awards.level as proposed_award_level
        from {{ ref('int_nominations') }} as nominations
        inner join {{ ref('int_subjects') }} as subjects on nominations.nomination_id = subjects.subject_id
        left join {{ ref('stg_ref__awards') }} as awards on nominations.proposed_award = awards.award_code
    ) unpivot (code for field in (recipient_kind, subject_group, field_id, proposed_award_level))

    union all by name

    -- what the row of a list of proposals says in columns of its own; the award proposed is none that was given
    select *
    from (
        select
            subjects.subject_no,
            subjects.class_no,
            rows.source_sheet,
            nominations.source_cell as cell,
            rows.salutation,
            rows.position,
            rows.workplace,
            rows.kind_raw as kind,
            rows.sub_kind_raw as sub_kind,
            rows.object_class_raw as object_class,
            rows.activity_field
        from {{ ref('int_listed_awards') }} as rows
        inner join {{ ref('int_nominations') }} as nominations on rows.record_id = nominations.record_id
        inner join {{ ref('int_subjects') }} as subjects on nominations.nomination_id = subjects.subject_id
        where rows.row_item = 1
    ) unpivot (text for field in (salutation, position, workplace, kind, sub_kind, object_class, activity_field))
)

select
    given.subject_no,
    given.class_no,
    given.field,
    case when codes.is_of_family then 'family' else coalesce(given.of, 'self') end as of,
    given.item,
    given.year,
    given.number,
    given.text,
    given.code,
    given.day,
    given.decision_no,
    given.other_submission_id,
    given.other_file,
    given.source_sheet,
    given.cell,
    -- texts are compared only where a rule compares them
    case when compared.field is not null then {{ slug('left(given.text, 500)') }} end as slug,
    codes.rank,
    codes.scale,
    year(given.day) as decision_year
from given
left join (
    select distinct field from {{ ref('stg_ref__rule_nodes') }}
    where op in {{ comparing_ops() }}
    union
    select unnest(['award', 'don_vi_cong_tac', 'chuc_vu_don_vi_dia_chi.don_vi_cong_tac'])
) as compared on given.field = compared.field
left join (
    -- a title that only families have is the family's, whoever lists it
    select 'award' as field, award_code as code, true as is_of_family, null as rank, null as scale
    from {{ ref('stg_ref__award_kinds') }}
    group by award_code
    having bool_and(recipient_kind = 'gia_dinh')
    union all
    select 'rating', code, false, rank, scale from {{ ref('stg_ref__ratings') }}
) as codes
    on given.field = codes.field
    and given.code = codes.code
where given.text is not null or given.number is not null or given.code is not null or given.day is not null
