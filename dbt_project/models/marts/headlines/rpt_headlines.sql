-- Grain: one row per programme: the figures leaders read first. What each counts: metrics.yml beside this folder.
{% set old = 30 %} {# days after which an open finding has waited too long (metrics.yml, «cho_lau») #}
with night as (
    select as_of from {{ ref('stg_meta__night') }}
),

units as (
    select
        programme_id,
        count(*) filter (where is_expected) as units_expected,
        count(*) filter (where is_expected and sending = 'none') as units_silent,
        count(*) filter (where is_expected and sending = 'unread') as units_unread,
        count(*) filter (where awards_source = 'table') as units_with_table_only,
        sum(steps_left)::bigint as steps_left,
        coalesce(sum(awards) filter (where awards_source = 'table'), 0)::bigint as awards_from_tables,
        count(*) filter (where open_findings + steps_left > 0) as units_with_work
    from {{ ref('rpt_units') }}
    group by programme_id
),

files as (
    select
        programme_id,
        count(*) filter (where status = 'accepted') as files_used,
        count(*) filter (where status in ('quarantined', 'unrecognised')) as files_unread
    from {{ ref('fct_submissions') }}
    group by programme_id
),

nominations as (
    select programme_id, count(*) as total, count(*) filter (where not is_complete) as incomplete
    from {{ ref('fct_nominations') }}
    group by programme_id
),

inside as (
    select programme_id, sum(collectives + individuals + households)::bigint as awards
    from {{ ref('rpt_mau_02') }}
    where scope = 'own' and row_type = 'total'
    group by programme_id
),

outside as (
    select programme_id, sum(collectives + individuals + households)::bigint as awards
    from {{ ref('rpt_awards_outside_mau_02') }}
    where scope = 'own'
    group by programme_id
),

persons as (
    select * from {{ ref('rpt_awards_by_period') }}
    where level = 'all' and period = 'all'
),

quotas as (
    select programme_id, sum(shortfall)::bigint as shortfall
    from {{ ref('rpt_quota_coverage') }}
    group by programme_id
),

listed as (
    select programme_id, count(*) as units, count(*) filter (where is_usual) as usual
    from {{ ref('dim_units') }}
    group by programme_id
),

-- a step of a unit; together with rpt_steps_left: due = covered + left
steps as (
    select
        coverage.programme_id,
        count(*) as due,
        count(*) filter (where coverage.status = 'covered') as covered
    from {{ ref('rpt_phase_coverage') }} as coverage
    left join {{ ref('dim_coverage_cells') }} as cells on coverage.cell_id = cells.cell_id
    left join {{ ref('dim_units') }} as units on coverage.unit_code = units.unit_code
    where coverage.status <> 'not_due'
        and not coalesce(cells.is_optional, false)
        and not coalesce(units.is_placeholder, false)
    group by coverage.programme_id
),

-- what keeps a nomination from being whole
held as (
    select distinct finding_id from {{ ref('trc_nominations') }}
),

ages as (
    select
        findings.*,
        held.finding_id is null as is_of_unit,
        {{ days_between('findings.first_seen_on', 'night.as_of') }} as age,
        findings.fixed_on = night.as_of as is_fixed_tonight
    from {{ ref('fct_findings') }} as findings
    cross join night
    left join held on findings.finding_id = held.finding_id
),

findings as (
    select
        programme_id,
        count(*) filter (where is_open) as total,
        count(*) filter (where is_open and severity = 'blocking') as blocking,
        count(*) filter (where is_open and severity = 'blocking' and is_of_unit) as blocking_of_units,
        count(*) filter (where status in ('new', 'reopened')) as arrived,
        count(*) filter (where is_fixed_tonight) as fixed,
        count(*) filter (where is_open and age <= 7) as up_to_7_days,
        count(*) filter (where is_open and age between 8 and 14) as from_8_days,
        count(*) filter (where is_open and age between 15 and {{ old }}) as from_15_days,
        count(*) filter (where is_open and age > {{ old }}) as waiting_long
    from ages
    group by programme_id
)

select
    programmes.programme_id,
    coalesce(files.files_used, 0) as files_used,
    coalesce(files.files_unread, 0) as files_unread,
    coalesce(units.units_expected, 0) as units_expected,
    coalesce(units.units_silent, 0) as units_silent,
    coalesce(units.units_unread, 0) as units_unread,
    coalesce(units.units_with_table_only, 0) as units_with_table_only,
    coalesce(nominations.total, 0) as nominations,
    coalesce(nominations.incomplete, 0) as incomplete_nominations,
    {{ percentage('(nominations.total - nominations.incomplete)', 'nominations.total') }} as complete_nominations_pct,
    coalesce(inside.awards, 0) as awards_in_mau_02,
    coalesce(outside.awards, 0) as awards_outside_mau_02,
    coalesce(persons.individuals, 0) as individuals,
    coalesce(persons.direct_individuals, 0) as direct_individuals,
    persons.direct_individuals_pct,
    coalesce(persons.leader_individuals, 0) as leader_individuals,
    persons.leader_individuals_pct,
    coalesce(persons.unknown_class_individuals, 0) as unknown_class_individuals,
    coalesce(findings.total, 0) as open_findings,
    coalesce(findings.blocking, 0) as blocking_findings,
    coalesce(findings.blocking_of_units, 0) as blocking_of_units,
    coalesce(findings.arrived, 0) as new_findings,
    coalesce(findings.fixed, 0) as fixed_findings,
    coalesce(findings.up_to_7_days, 0) as open_up_to_7_days,
    coalesce(findings.from_8_days, 0) as open_8_to_14_days,
    coalesce(findings.from_15_days, 0) as open_15_to_30_days,
    coalesce(findings.waiting_long, 0) as open_over_30_days,
    coalesce(steps.due, 0) as steps_due,
    coalesce(steps.covered, 0) as steps_covered,
    {{ percentage('steps.covered', 'steps.due') }} as steps_covered_pct,
    coalesce(units.steps_left, 0) as steps_left,
    coalesce(units.units_with_work, 0) as units_with_work,
    coalesce(persons.awards, 0) as awards_by_level,
    coalesce(units.awards_from_tables, 0) as awards_from_tables,
    coalesce(inside.awards, 0) + coalesce(outside.awards, 0)
    - coalesce(persons.awards, 0) - coalesce(units.awards_from_tables, 0) as awards_unplaced,
    coalesce(quotas.shortfall, 0) as quota_shortfall,
    coalesce(listed.units, 0) as units_listed,
    coalesce(listed.usual, 0) as units_usual
from {{ ref('dim_programmes') }} as programmes
left join units on programmes.programme_id = units.programme_id
left join files on programmes.programme_id = files.programme_id
left join nominations on programmes.programme_id = nominations.programme_id
left join inside on programmes.programme_id = inside.programme_id
left join outside on programmes.programme_id = outside.programme_id
left join persons on programmes.programme_id = persons.programme_id
left join steps on programmes.programme_id = steps.programme_id
left join findings on programmes.programme_id = findings.programme_id
left join quotas on programmes.programme_id = quotas.programme_id
left join listed on programmes.programme_id = listed.programme_id
