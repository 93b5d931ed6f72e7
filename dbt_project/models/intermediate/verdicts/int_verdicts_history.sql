-- Grain: one row per award of a list, or nomination, that does not go with what its recipient has had. Only what is known of one recipient for certain: neither candidates nor keys under which two may stand are ever judged.
with {{ words_of('history_detail', ['decision', 'cell']) }},

known as (
    select coalesce(members.recipient_id, keys.recipient_key) as recipient_id
    from {{ ref('int_recipient_keys') }} as keys
    left join {{ ref('int_recipient_members') }} as members on keys.recipient_key = members.recipient_key
    group by all
    having max(keys.positions) <= 1 and max(keys.births) <= 1 and min(keys.basis) <> 'unit' and max(keys.basis) <> 'unit'
),

yearly as (
    select awards.*
    from {{ ref('int_recipient_awards') }} as awards
    inner join {{ ref('stg_ref__award_yearly') }} as titles on awards.award_code = titles.award_code
    inner join known on awards.recipient_id = known.recipient_id
    where awards.award_year is not null
        and awards.withdrawn is null
        and awards.event_id not in (select event_id from {{ ref('int_revoked_awards') }})
),

-- few are told more than once: only those are put in an order
several as (
    select recipient_id, award_code, award_year
    from yearly
    where not is_told
    group by recipient_id, award_code, award_year
    having count(*) > 1
),

listed as (
    select
        yearly.*,
        row_number() over (
            partition by recipient_id, award_code, award_year
            order by decision_date nulls last, source_file, source_row, event_id
        ) as place,
        first_value(unit_code) over (
            partition by recipient_id, award_code, award_year
            order by decision_date nulls last, source_file, source_row, event_id
        ) as first_unit,
        first_value(source_cell) over (
            partition by recipient_id, award_code, award_year
            order by decision_date nulls last, source_file, source_row, event_id
        ) as first_cell,
        first_value(decision_no) over (
            partition by recipient_id, award_code, award_year
            order by decision_date nulls last, source_file, source_row, event_id
        ) as first_decision
    from yearly
    inner join several using (recipient_id, award_code, award_year)
    where not yearly.is_told
),

twice as (
    select
        listed.event_id as row_id,
        'CP-ALL-HAI-LAN' as rule_id,
        listed.form_id,
        null::varchar as nomination_id,
        listed.programme_id,
        listed.unit_code,
        listed.recipient_kind,
        listed.recipient_name,
        listed.name_key,
        listed.award_code,
        listed.award_year,
        concat_ws(
            ', ', units.name, replace(words.decision, '{decision}', listed.first_decision), replace(words.cell, '{cell}', listed.first_cell)
        ) as read,
        listed.submission_id,
        listed.source_file,
        listed.source_sheet,
        listed.source_row,
        listed.source_cell
    from listed
    inner join {{ ref('stg_ref__units') }} as units on listed.first_unit = units.unit_code
    cross join words
    where listed.place > 1
),

-- one award of one decision in the lists of two units is counted twice; yearly titles are told above. Only keys that stand
-- together are of two units.
told_twice as (
    select
        decided.*,
        min(unit_code) over (partition by recipient_id, award_code, decision_key, decision_date) as first_unit,
        max(unit_code) over (partition by recipient_id, award_code, decision_key, decision_date) as last_unit
    from (
        select awards.*, {{ decision_key('awards.decision_no') }} as decision_key
        from {{ ref('int_recipient_awards') }} as awards
        inner join {{ ref('int_recipient_members') }} as members on awards.recipient_key = members.recipient_key
        where not awards.is_told
            and awards.withdrawn is null
            and awards.event_id not in (select event_id from {{ ref('int_revoked_awards') }})
            and awards.decision_no is not null
            and awards.decision_date is not null
            and awards.award_code not in (select award_code from {{ ref('stg_ref__award_yearly') }})
            and awards.recipient_id in (select recipient_id from known)
    ) as decided
),

over_units as (
    select
        told_twice.event_id as row_id,
        'CP-ALL-HAI-NOI' as rule_id,
        told_twice.form_id,
        null::varchar as nomination_id,
        told_twice.programme_id,
        told_twice.unit_code,
        told_twice.recipient_kind,
        told_twice.recipient_name,
        told_twice.name_key,
        told_twice.award_code,
        told_twice.award_year,
        units.name as read,
        told_twice.submission_id,
        told_twice.source_file,
        told_twice.source_sheet,
        told_twice.source_row,
        told_twice.source_cell
    from told_twice
    inner join {{ ref('stg_ref__units') }} as units
        on units.unit_code = case
            when told_twice.unit_code = told_twice.first_unit then told_twice.last_unit else told_twice.first_unit
        end
    where told_twice.first_unit <> told_twice.last_unit
),

had as (
    -- a proposal for a title that the recipient has in that year, in a list or by its own record
    select
        proposals.nomination_id as row_id,
        'CP-ALL-DA-CO' as rule_id,
        proposals.form_id,
        proposals.nomination_id,
        proposals.programme_id,
        proposals.unit_code,
        proposals.recipient_kind,
        proposals.recipient_name,
        proposals.name_key,
        proposals.award_code,
        proposals.proposed_year as award_year,
        min(concat_ws(', ', units.name, replace(words.decision, '{decision}', yearly.decision_no))) as read,
        proposals.submission_id,
        proposals.source_file,
        proposals.source_sheet,
        proposals.source_row,
        proposals.source_cell
    from {{ ref('int_recipient_proposals') }} as proposals
    inner join yearly
        on proposals.recipient_id = yearly.recipient_id
        and proposals.award_code = yearly.award_code
        and proposals.proposed_year = yearly.award_year
    inner join {{ ref('stg_ref__units') }} as units on yearly.unit_code = units.unit_code
    cross join words
    group by all
),

disordered as (
    select
        higher.event_id as row_id,
        'CP-ALL-THU-TU' as rule_id,
        higher.form_id,
        null::varchar as nomination_id,
        higher.programme_id,
        higher.unit_code,
        higher.recipient_kind,
        higher.recipient_name,
        higher.name_key,
        higher.award_code,
        higher.award_year,
        min(concat_ws(', ', awards.official_name, replace(words.decision, '{decision}', lower.decision_no))) as read,
        higher.submission_id,
        higher.source_file,
        higher.source_sheet,
        higher.source_row,
        higher.source_cell
    from yearly as higher
    inner join {{ ref('stg_ref__award_order') }} as ordered on higher.award_code = ordered.award_code
    inner join yearly as lower
        on higher.recipient_id = lower.recipient_id
        and higher.award_year = lower.award_year
        and ordered.after_code = lower.award_code
        and higher.decision_date < lower.decision_date
    inner join {{ ref('stg_ref__awards') }} as awards on lower.award_code = awards.award_code
    cross join words
    where not higher.is_told
    group by all
),

found as (
    select * from twice
    union all
    select * from over_units
    union all
    select * from had
    union all
    select * from disordered
)

{{ failed_verdicts(
    field="case when nomination_id is null then 'award' else 'recipient_name' end",
    params={'read': 'read', 'year': 'award_year', 'row': 'source_row'}
) }}
