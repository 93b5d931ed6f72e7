-- Grain: one row per unit of the reference list: what it sent and what is still open, each number as elsewhere.
-- `sending` is the one definition of a silent unit: «none» = no file of it ever lay in the raw folder by tonight; a file
-- that could not be read or recognised was sent all the same («unread»).
with files as (
    select
        programme_id,
        unit_code,
        count(*) as files_seen,
        count(*) filter (where status = 'accepted') as files_used,
        count(*) filter (where status in ('quarantined', 'unrecognised')) as files_unread,
        bool_or(status in ('accepted', 'superseded', 'duplicate')) as has_read,
        min(received_on) as first_received_on,
        max(received_on) as last_received_on
    from {{ ref('fct_submissions') }}
    where received_on <= (select as_of from {{ ref('stg_meta__night') }})
    group by programme_id, unit_code
),

nominations as (
    select programme_id, unit_code, count(*) as total, count(*) filter (where not is_complete) as incomplete
    from {{ ref('fct_nominations') }}
    group by programme_id, unit_code
),

findings as (
    select
        programme_id,
        unit_code,
        count(*) as total,
        count(*) filter (where severity = 'blocking') as blocking,
        count(*) filter (where severity = 'warning') as warning,
        count(*) filter (where severity = 'information') as information,
        min(first_seen_on) as oldest_on
    from {{ ref('fct_findings') }}
    where is_open
    group by programme_id, unit_code
),

cells as (
    select
        programme_id,
        unit_code,
        count(*) filter (where status <> 'not_due') as due,
        count(*) filter (where status = 'covered') as covered
    from {{ ref('rpt_phase_coverage') }}
    group by programme_id, unit_code
),

-- what is due and asked for by no finding: with the findings, all that a unit is told
steps as (
    select programme_id, unit_code, count(*) filter (where not is_told) as untold
    from {{ ref('rpt_steps_left') }}
    group by programme_id, unit_code
),

-- awards the form has no line for, of the unit alone and with all below it
outside as (
    select
        programme_id,
        unit_code,
        sum(collectives + individuals + households) filter (where scope = 'own')::bigint as own,
        sum(collectives + individuals + households) filter (where scope = 'rollup')::bigint as rolled_up
    from {{ ref('rpt_awards_outside_mau_02') }}
    group by programme_id, unit_code
)

select
    units.programme_id,
    units.unit_code,
    -- what is optional nobody owes
    owed.unit_code is not null and not units.is_placeholder as is_expected,
    coalesce(files.files_seen, 0) as files_seen,
    coalesce(files.files_used, 0) as files_used,
    coalesce(files.files_unread, 0) as files_unread,
    case when files.has_read then 'read' when files.files_seen > 0 then 'unread' else 'none' end as sending,
    files.first_received_on,
    files.last_received_on,
    coalesce(nominations.total, 0) as nominations,
    coalesce(nominations.incomplete, 0) as incomplete_nominations,
    coalesce(findings.total, 0) as open_findings,
    coalesce(findings.blocking, 0) as blocking_findings,
    coalesce(findings.warning, 0) as warning_findings,
    coalesce(findings.information, 0) as information_findings,
    findings.oldest_on as oldest_open_since_on,
    coalesce(cells.due, 0) as cells_due,
    coalesce(cells.covered, 0) as cells_covered,
    coalesce(steps.untold, 0) as steps_left,
    awards.collectives + awards.individuals + awards.households as awards,
    awards.individuals,
    awards.direct_individuals,
    awards.number_source as awards_source,
    coalesce(outside.own, 0) as awards_outside_mau_02,
    coalesce(outside.rolled_up, 0) as awards_outside_mau_02_rollup,
    {{ percentage('(nominations.total - nominations.incomplete)', 'nominations.total') }} as complete_nominations_pct,
    {{ percentage('awards.direct_individuals', 'awards.individuals') }} as direct_individuals_pct,
    {{ percentage('cells.covered', 'cells.due') }} as cells_covered_pct
from {{ ref('dim_units') }} as units
left join files on units.programme_id = files.programme_id and units.unit_code = files.unit_code
left join nominations on units.programme_id = nominations.programme_id and units.unit_code = nominations.unit_code
left join findings on units.programme_id = findings.programme_id and units.unit_code = findings.unit_code
left join cells on units.programme_id = cells.programme_id and units.unit_code = cells.unit_code
left join {{ ref('rpt_unit_life_cycle') }} as owed
    on units.programme_id = owed.programme_id
    and units.unit_code = owed.unit_code
left join steps on units.programme_id = steps.programme_id and units.unit_code = steps.unit_code
left join outside on units.programme_id = outside.programme_id and units.unit_code = outside.unit_code
left join {{ ref('rpt_mau_02') }} as awards
    on units.programme_id = awards.programme_id
    and units.unit_code = awards.unit_code
    and awards.scope = 'own'
    and awards.row_type = 'total'
