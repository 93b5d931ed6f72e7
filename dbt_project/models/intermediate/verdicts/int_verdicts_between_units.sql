-- Grain: one row per award of a list, or nomination, that does not go with what another unit tells: of the day of one decision, or
-- of whom it proposes.
with proposed as (
    select
        proposals.*,
        keys.workplace_search,
        {{ person_key('proposals.name_key', 'proposals.recipient_kind') }} as person
    from {{ ref('int_recipient_proposals') }} as proposals
    inner join {{ ref('int_recipient_keys') }} as keys on proposals.recipient_key = keys.recipient_key
),

-- one title proposed by two units for one recipient, or for whoever has one name and one workplace
proposed_twice as (
    select
        one.nomination_id as row_id,
        'CP-ALL-HAI-DE-NGHI' as rule_id,
        one.form_id,
        one.nomination_id,
        one.programme_id,
        one.unit_code,
        one.recipient_kind,
        one.recipient_name,
        one.name_key,
        one.award_code,
        one.proposed_year as award_year,
        min(units.name) as read,
        one.submission_id,
        one.source_file,
        one.source_sheet,
        one.source_row,
        one.source_cell
    from proposed as one
    inner join proposed as other
        on one.programme_id = other.programme_id
        and one.award_code = other.award_code
        and one.proposed_year is not distinct from other.proposed_year
        and one.recipient_kind = other.recipient_kind
        and one.unit_code <> other.unit_code
        and one.person = other.person
        and (
            one.recipient_id = other.recipient_id
            or (one.recipient_kind <> 'tap_the' and one.workplace_search = other.workplace_search and one.workplace_search <> '')
        )
    inner join {{ ref('stg_ref__units') }} as units on other.unit_code = units.unit_code
    group by all
),

-- a decision of the province or the State has one day, whichever unit tells of it
decisions as (
    select *
    from {{ ref('int_decisions') }}
    where award_code is not null and level in ('nha_nuoc', 'tinh_bo_nganh')
),

days as (
    select
        programme_id,
        decision_key,
        award_code,
        decision_date,
        row_number() over (
            partition by programme_id, decision_key, award_code, year(decision_date) order by count(*) desc, decision_date
        ) as place
    from decisions
    group by programme_id, decision_key, award_code, decision_date
),

-- where one unit gives two days it is asked about those (CP-ALL-QD-HAI-NGAY)
in_one_unit as (
    select
        programme_id,
        unit_code,
        decision_key,
        award_code,
        year(decision_date) as year,
        min(decision_date) = max(decision_date) as has_one_day
    from decisions
    group by all
),

other_day as (
    select
        decisions.row_id,
        'CP-ALL-QD-NHIEU-NOI' as rule_id,
        decisions.form_id,
        null::varchar as nomination_id,
        decisions.programme_id,
        decisions.unit_code,
        decisions.recipient_kind,
        decisions.recipient_name,
        decisions.name_key,
        decisions.award_code,
        decisions.award_year,
        decisions.decision_no as read,
        decisions.submission_id,
        decisions.source_file,
        decisions.source_sheet,
        decisions.source_row,
        {{ cell("'decision_date'") }} as source_cell
    from decisions
    inner join days
        on decisions.programme_id = days.programme_id
        and decisions.decision_key = days.decision_key
        and decisions.award_code = days.award_code
        and decisions.decision_date = days.decision_date
    inner join in_one_unit
        on decisions.programme_id = in_one_unit.programme_id
        and decisions.unit_code = in_one_unit.unit_code
        and decisions.decision_key = in_one_unit.decision_key
        and decisions.award_code = in_one_unit.award_code
        and year(decisions.decision_date) = in_one_unit.year
    where days.place > 1 and in_one_unit.has_one_day
),

found as (
    select * from proposed_twice
    union all
    select * from other_day
)

-- a decision's day written for a whole list has one cause
{{ failed_verdicts(
    field="case when nomination_id is null then 'decision_date' else 'recipient_name' end",
    params={'read': 'read', 'year': 'award_year', 'row': 'source_row'},
    list_cause='nomination_id is null',
    cause='case when nomination_id is null then read end'
) }}
