-- Grain: one row per award event: every counted row of an award list.
-- phase_id is NULL for an award year outside the programme's period: kept, counted in no phase.
{{ config(meta={'by': 'unit'}) }}
with told as (
    select
        *,
        {{ recipient_key('recipient_kind', 'name_key', 'unit_code', 'workplace_key', 'position') }} as told_key
    from {{ ref('int_award_rows') }}
    where
        not is_duplicate
        and not is_no_award
        and (recipient_name is not null or award_raw is not null)
),

name_columns as (
    select
        submission_id,
        part_no,
        json_extract_string(min(columns), '$.recipient_name') as name_column
    from {{ ref('int_award_rows') }}
    group by submission_id, part_no
)

select
    events.row_id as award_id,
    events.programme_id,
    phases.phase_id,
    events.unit_code,
    events.award_code,
    events.sub_kind,
    events.level,
    events.recipient_kind,
    events.recipient_name,
    {{ person_key('events.name_key', 'events.recipient_kind') }} as name_key,
    {{ split_key('events.told_key', 'splits') }} as recipient_key,
    events.position,
    events.workplace,
    events.workplace_key,
    events.object_class,
    events.is_direct,
    events.is_leader,
    events.award_year,
    events.decision_no,
    events.decision_date,
    events.form_id,
    events.withdrawn,
    events.received_on,
    events.submission_id,
    events.source_file,
    events.source_sheet,
    events.source_row,
    -- the cell of the name; tables of Word and PDF have no letters and carry their own address
    coalesce(
        json_extract_string(events.cells, '$.recipient_name'), name_columns.name_column || events.source_row
    ) as source_cell
from told as events
inner join name_columns
    on events.submission_id = name_columns.submission_id
    and events.part_no = name_columns.part_no
left join {{ ref('int_mau_02_phases') }} as phases
    on events.programme_id = phases.programme_id
    and events.award_year between phases.first_year and phases.last_year
{{ splits_of('events.told_key', 'events.position', 'events.award_year', 'splits') }}
