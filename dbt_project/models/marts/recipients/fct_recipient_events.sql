-- Grain: one row per thing known of a recipient: an award of a list, an award or rating that a record tells, a proposal,
-- registration or introduction, a row of a list that takes an award back. Stands in the order of recipient_id: a recipient's
-- time line is read in one piece.
-- depends_on: {{ ref('dim_recipient_keys') }}
{{ config(meta={'by': 'recipient', 'of_its_unit': ['int_revoked_awards']}) }}
with listed as (
    select distinct
        recipient_id,
        award_code,
        award_year,
        {{ decision_key('decision_no') }} as decision_key
    from {{ ref('int_recipient_awards') }}
    where not is_told and recipient_id in (select recipient_id from {{ ref('int_recipient_awards') }} where is_told)
),

awards as (
    select
        awards.recipient_id,
        awards.award_year::integer as event_year,
        case when awards.is_told then 'award_told' else 'award' end as event_kind,
        awards.event_id,
        awards.recipient_key,
        awards.programme_id,
        awards.unit_code,
        awards.award_code as code,
        awards.text_raw,
        awards.sub_kind,
        awards.decision_no,
        awards.decision_date,
        awards.form_id,
        awards.is_told and exists (
            select 1
            from listed
            where listed.recipient_id = awards.recipient_id
                and listed.award_code = awards.award_code
                and listed.award_year = awards.award_year
                and coalesce(listed.decision_key = {{ decision_key('awards.decision_no') }}, true)
        ) as is_repeated,
        awards.withdrawn,
        revoked.event_id is not null as is_revoked,
        revoked.revoked_no,
        revoked.revoked_on,
        awards.submission_id,
        awards.source_file,
        awards.source_sheet,
        awards.source_row,
        awards.source_cell
    from {{ ref('int_recipient_awards') }} as awards
    left join {{ ref('int_revoked_awards') }} as revoked on awards.event_id = revoked.event_id
),

ratings as (
    select
        coalesce(members.recipient_id, told.recipient_key) as recipient_id,
        told.year::integer as event_year,
        'rating' as event_kind,
        told.told_id as event_id,
        told.recipient_key,
        told.programme_id,
        told.unit_code,
        told.code,
        told.text_raw,
        null::varchar as sub_kind,
        null::varchar as decision_no,
        null::date as decision_date,
        told.form_id,
        false as is_repeated,
        null::varchar as withdrawn,
        false as is_revoked,
        null::varchar as revoked_no,
        null::date as revoked_on,
        told.submission_id,
        told.source_file,
        told.source_sheet,
        told.source_row,
        told.source_cell
    from {{ ref('int_recipient_told') }} as told
    left join {{ ref('int_recipient_members') }} as members on told.recipient_key = members.recipient_key
    where told.event_kind = 'rating'
),

nominations as (
    select
        coalesce(members.recipient_id, mentions.recipient_key) as recipient_id,
        coalesce(mentions.year, year(mentions.received_on))::integer as event_year,
        nominations.kind as event_kind,
        mentions.about_id as event_id,
        mentions.recipient_key,
        mentions.programme_id,
        mentions.unit_code,
        proposed.award_code as code,
        null::varchar as text_raw,
        null::varchar as sub_kind,
        null::varchar as decision_no,
        null::date as decision_date,
        mentions.form_id,
        false as is_repeated,
        null::varchar as withdrawn,
        false as is_revoked,
        null::varchar as revoked_no,
        null::date as revoked_on,
        mentions.submission_id,
        mentions.source_file,
        mentions.source_sheet,
        mentions.source_row,
        mentions.source_cell
    from {{ ref('int_recipient_mentions') }} as mentions
    inner join {{ ref('int_nominations') }} as nominations on mentions.about_id = nominations.nomination_id
    left join {{ ref('int_recipient_proposals') }} as proposed on mentions.about_id = proposed.nomination_id
    left join {{ ref('int_recipient_members') }} as members on mentions.recipient_key = members.recipient_key
    where mentions.about = 'nomination'
),

-- what takes awards back stands on the time line of everyone they were given to
revocations as (
    select
        taking.recipient_id,
        year(min(taken.revoked_on))::integer as event_year,
        'revocation' as event_kind,
        taking.taking_id as event_id,
        min(awards.recipient_key) as recipient_key,
        taking.programme_id,
        taking.unit_code,
        min(awards.award_code) as code,
        null::varchar as text_raw,
        null::varchar as sub_kind,
        min(taken.revoked_no) as decision_no,
        min(taken.revoked_on) as decision_date,
        taking.form_id,
        false as is_repeated,
        null::varchar as withdrawn,
        false as is_revoked,
        null::varchar as revoked_no,
        null::date as revoked_on,
        taking.submission_id,
        taking.source_file,
        taking.source_sheet,
        taking.source_row,
        taking.source_cell
    from {{ ref('int_taken_back') }} as taking
    inner join {{ ref('int_revoked_awards') }} as taken on taking.event_id = taken.event_id
    inner join {{ ref('int_recipient_awards') }} as awards on taking.event_id = awards.event_id
    group by all
)

select
    recipient_id,
    event_year,
    event_kind,
    event_id,
    recipient_key,
    programme_id,
    unit_code,
    code,
    text_raw,
    sub_kind,
    decision_no,
    decision_date,
    form_id,
    is_repeated,
    withdrawn,
    is_revoked,
    revoked_no,
    revoked_on,
    submission_id,
    source_file,
    source_sheet,
    source_row,
    source_cell
from awards
union all
select * from ratings
union all
select * from nominations
union all
select * from revocations
