-- Grain: one row per cell, unit expected and nominee of the cell; counted or not, with the reason.
with judged as (
    select
        matches.*,
        cells.programme_id,
        whole.submission_id is not null or rows.record_id is not null as is_blocked,
        -- replaced since, and nothing blocking is known of it: it stood until then
        not matches.is_current and coalesce(matches.is_signed, true) and past.submission_id is null as stood_before,
        case
            when not matches.is_current then 'superseded'
            -- a proposal uses the cap whether or not its dossier is complete
            when matches.test <> 'cap_use' and (whole.submission_id is not null or rows.record_id is not null) then 'blocked'
            when matches.name_key is null then 'no_name'
            when matches.recipient_kind is null then 'no_kind'
            when matches.test = 'phase_registration' and matches.is_grassroots then 'grassroots'
            when matches.test = 'cap_use' and matches.award_level = 'nha_nuoc' then 'other_level'
            when matches.test <> 'cap_use' and not list_contains(cells.kinds, matches.recipient_kind) then 'other_kind'
            when not list_has_all(filled.filled_fields, cells.asked_fields) then 'not_filled'
        end as why_not
    from {{ ref('int_coverage_matches') }} as matches
    inner join {{ ref('int_coverage_cells') }} as cells on matches.cell_id = cells.cell_id
    -- only cells that ask for filled fields look at them
    left join {{ ref('int_coverage_nominees') }} as filled
        on len(cells.asked_fields) > 0
        and matches.record_id = filled.record_id
    left join {{ ref('int_coverage_past_blocks') }} as past
        on matches.submission_id = past.submission_id
        and matches.form_id = past.form_id
    left join (
        select distinct submission_id, form_id from {{ ref('int_coverage_blocks') }} where record_id is null
    ) as whole
        on matches.submission_id = whole.submission_id
        and matches.form_id = whole.form_id
    left join (
        select distinct record_id from {{ ref('int_coverage_blocks') }} where record_id is not null
    ) as rows on matches.record_id = rows.record_id
),

-- namesakes of one form are told apart by their place; TP.HCM's lists have none: names are counted once
namesakes as (
    select
        *,
        dense_rank() over (
            partition by cell_id, unit_code, why_not, recipient_kind, name_key, form_id
            order by
                case when test in ('field_quota', 'whole_period_quota') then '' else coalesce(place, '') end,
                -- of a number over a roll-up namesakes of two units are two
                case when test = 'cap_use' then counted_unit_code else '' end,
                case when test = 'phase_registration' then coalesce(field_id, '') else '' end
        ) as namesake_no
    from judged
)

select
    * exclude (
        why_not, namesake_no, stood_before, is_current, is_signed, place, award_level,
        part_key, record_year, is_grassroots
    ),
    -- the day from which this nominee has stood in what the unit sent
    least(
        received_on,
        min(received_on) filter (where stood_before) over (
            partition by cell_id, unit_code, recipient_kind, name_key
        )
    ) as stands_from,
    coalesce(
        why_not,
        -- the same nominee on a second form or row, or from a second unit, is counted once
        case
            when row_number() over (
                partition by cell_id, unit_code, why_not, recipient_kind, name_key, namesake_no
                order by received_on, source_file, part_no, source_row, record_id
            ) = 1 then 'counted'
            else 'repeated'
        end
    ) as reason
from namesakes
