-- Grain: one row per nomination that proposes an award by name, with the award's code and the recipient.
select
    nominations.nomination_id,
    coalesce(members.recipient_id, mentions.recipient_key) as recipient_id,
    mentions.recipient_key,
    nominations.programme_id,
    nominations.unit_code,
    nominations.form_id,
    nominations.recipient_kind,
    nominations.recipient_name,
    nominations.name_key,
    nominations.proposed_award as award_code,
    coalesce(rows.award_year, nominations.year) as proposed_year,
    nominations.received_on,
    nominations.submission_id,
    nominations.source_file,
    nominations.source_sheet,
    nominations.source_row,
    nominations.source_cell
from {{ ref('int_nominations') }} as nominations
inner join {{ ref('int_recipient_mentions') }} as mentions
    on mentions.about = 'nomination'
    and nominations.nomination_id = mentions.about_id
left join (
    -- a list of proposals says the year row by row
    select submission_id, part_no, source_row, max(award_year) as award_year
    from {{ ref('stg_raw__award_rows') }}
    group by submission_id, part_no, source_row
) as rows
    on nominations.submission_id = rows.submission_id
    and nominations.part_no = rows.part_no
    and nominations.source_row = rows.source_row
left join {{ ref('int_recipient_members') }} as members on mentions.recipient_key = members.recipient_key
where nominations.proposed_award is not null
