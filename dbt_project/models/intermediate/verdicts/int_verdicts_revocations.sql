-- Grain: one row per award that is taken back, row of a list that takes one back for nobody certain, and decision that a document
-- takes back without its awards being known.
with {{ words_of('history_detail', ['decision', 'dated', 'file']) }},

-- an award of a list that another list or a document takes back
taken_back as (
    select
        awards.event_id as row_id,
        'CP-ALL-THU-HOI' as rule_id,
        awards.form_id,
        null::varchar as nomination_id,
        awards.programme_id,
        awards.unit_code,
        awards.recipient_kind,
        awards.recipient_name,
        awards.name_key,
        awards.award_code,
        awards.award_year,
        concat_ws(
            ', ', replace(words.decision, '{decision}', revoked.revoked_no), replace(words.file, '{file}', revoked.revoked_in)
        ) as read,
        awards.submission_id,
        awards.source_file,
        awards.source_sheet,
        awards.source_row,
        awards.source_cell
    from {{ ref('int_revoked_awards') }} as revoked
    inner join {{ ref('int_recipient_awards') }} as awards on revoked.event_id = awards.event_id
    cross join words
    where not awards.is_told
),

-- a row that takes an award back which no list has, not even one that was replaced; or which several may have
without_award as (
    select
        revoked.row_id,
        case when matches.row_id is null then 'CP-ALL-THU-HOI-KHONG-THAY' else 'CP-ALL-THU-HOI-NHIEU' end as rule_id,
        revoked.form_id,
        null::varchar as nomination_id,
        revoked.programme_id,
        revoked.unit_code,
        revoked.recipient_kind,
        revoked.recipient_name,
        revoked.name_key,
        revoked.award_code,
        revoked.award_year,
        matches.recipients::varchar as read,
        revoked.submission_id,
        revoked.source_file,
        revoked.source_sheet,
        revoked.source_row,
        revoked.source_cell
    from {{ ref('int_revocations') }} as revoked
    left join (
        select
            row_id,
            count(distinct recipient_id) as recipients
        from {{ ref('int_revocation_matches') }}
        group by row_id
    ) as matches on revoked.row_id = matches.row_id
    where coalesce(matches.recipients, 0) <> 1
        and not exists (
            select 1
            from {{ ref('int_listed_awards') }} as listed
            inner join {{ ref('stg_ref__forms') }} as forms
                on listed.form_id = forms.form_id
                and forms.contents = 'awards'
            where matches.row_id is null
                and listed.unit_code = revoked.unit_code
                and listed.award_code = revoked.award_code
                and {{ person_key('listed.name_key', 'listed.recipient_kind') }} = revoked.name_key
        )
),

-- what a document takes back: nothing is marked on a guess
counted as (
    select
        row_id,
        max(bodies) as bodies,
        count(*) filter (where is_certain) as marked
    from {{ ref('int_revoked_decision_matches') }}
    group by row_id
),

unmarked as (
    select
        revoked.*,
        coalesce(counted.bodies, 0) as bodies,
        case
            when revoked.decision_no is null then 'no_decision'
            when not revoked.is_whole then 'in_part'
            when revoked.decision_date is null then 'no_day'
            when counted.row_id is not null then 'several'
        end as unclear
    from {{ ref('int_revoked_decisions') }} as revoked
    left join counted on revoked.row_id = counted.row_id
    where coalesce(counted.marked, 0) = 0
),

of_document as (
    select
        unmarked.row_id,
        case when unmarked.unclear is null then 'CP-ALL-THU-HOI-QD-KHONG-THAY' else 'CP-ALL-THU-HOI-QD-CHUA-RO' end as rule_id,
        unmarked.form_id,
        null::varchar as nomination_id,
        unmarked.programme_id,
        unmarked.unit_code,
        null::varchar as recipient_kind,
        null::varchar as recipient_name,
        null::varchar as name_key,
        null::varchar as award_code,
        null::integer as award_year,
        concat_ws(
            ': ',
            coalesce(
                replace(replace(words.dated, '{decision}', unmarked.decision_no), '{day}', {{ day_vi('unmarked.decision_date') }}),
                replace(words.decision, '{decision}', unmarked.decision_no)
            ),
            replace(reasons.label, '{n}', unmarked.bodies::varchar)
        ) as read,
        unmarked.submission_id,
        unmarked.source_file,
        unmarked.source_sheet,
        unmarked.source_row,
        unmarked.source_cell
    from unmarked
    cross join words
    left join {{ ref('stg_ref__words') }} as reasons
        on reasons.vocabulary = 'unclear_revocation'
        and unmarked.unclear = reasons.code
),

found as (
    select * from taken_back
    union all
    select * from without_award
    union all
    select * from of_document
)

{{ failed_verdicts(
    field="case when name_key is null then 'quyet_dinh_thu_hoi.so_quyet_dinh' else 'award' end",
    params={'read': 'read', 'year': 'award_year', 'row': 'source_row'},
    recipient_key="case when name_key is null then read else concat_ws('|', recipient_kind, name_key, award_code, award_year) end"
) }}
