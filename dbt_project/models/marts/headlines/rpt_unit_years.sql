-- Grain: one row per unit and year with awards of persons, a headcount, nominations or steps that are due: how many of a thousand people
-- were given an award, how many of them work directly, how many nominations are whole, how many steps are covered, and of each the
-- middle of the units of its type in that year, with of how many it is the middle.
with awards as (
    select
        programme_id,
        unit_code,
        award_year,
        count(*) as individuals,
        count(case when is_direct then 1 end) as direct_individuals
    from {{ ref('fct_awards') }}
    where recipient_kind = 'ca_nhan' and phase_id is not null
    group by programme_id, unit_code, award_year
),

nominations as (
    select
        programme_id,
        unit_code,
        nomination_year as award_year,
        count(*) as nominations,
        count(case when is_complete then 1 end) as complete_nominations
    from {{ ref('fct_nominations') }}
    group by programme_id, unit_code, nomination_year
),

-- steps of one year; those of a phase belong to none of its years
steps as (
    select
        programme_id,
        unit_code,
        try_cast(period as integer) as award_year,
        count(*) as cells_due,
        count(case when status = 'covered' then 1 end) as cells_covered
    from {{ ref('rpt_phase_coverage') }}
    where status <> 'not_due' and try_cast(period as integer) is not null
    group by programme_id, unit_code, period
),

years as (
    select programme_id, unit_code, award_year from awards
    union
    select programme_id, unit_code, award_year from nominations
    union
    select programme_id, unit_code, award_year from steps
    union
    select heads.programme_id, heads.unit_code, heads.year
    from {{ ref('int_headcounts') }} as heads
    inner join {{ ref('int_mau_02_phases') }} as phases
        on heads.programme_id = phases.programme_id
        and heads.year between phases.first_year and phases.last_year
),

figures as (
    select
        years.programme_id,
        years.unit_code,
        units.unit_type,
        years.award_year,
        coalesce(awards.individuals, 0) as individuals,
        coalesce(awards.direct_individuals, 0) as direct_individuals,
        heads.individuals as people,
        {{ percentage('coalesce(awards.individuals, 0)', 'heads.individuals') }} * 10 as awards_per_thousand,
        {{ percentage('awards.direct_individuals', 'awards.individuals') }} as direct_individuals_pct,
        coalesce(nominations.nominations, 0) as nominations,
        coalesce(nominations.complete_nominations, 0) as complete_nominations,
        {{ percentage('nominations.complete_nominations', 'nominations.nominations') }} as complete_nominations_pct,
        coalesce(steps.cells_due, 0) as cells_due,
        coalesce(steps.cells_covered, 0) as cells_covered,
        {{ percentage('steps.cells_covered', 'steps.cells_due') }} as cells_covered_pct
    from years
    inner join {{ ref('dim_units') }} as units on years.unit_code = units.unit_code
    left join awards
        on years.programme_id = awards.programme_id
        and years.unit_code = awards.unit_code
        and years.award_year = awards.award_year
    left join nominations
        on years.programme_id = nominations.programme_id
        and years.unit_code = nominations.unit_code
        and years.award_year = nominations.award_year
    left join steps
        on years.programme_id = steps.programme_id
        and years.unit_code = steps.unit_code
        and years.award_year = steps.award_year
    left join {{ ref('int_headcounts') }} as heads
        on years.programme_id = heads.programme_id
        and years.unit_code = heads.unit_code
        and years.award_year = heads.year
),

alike as (
    select
        programme_id,
        unit_type,
        award_year,
        count(awards_per_thousand) as units_with_rate,
        median(awards_per_thousand)::double as median_awards_per_thousand,
        count(direct_individuals_pct) as units_with_direct,
        median(direct_individuals_pct)::double as median_direct_individuals_pct,
        count(complete_nominations_pct) as units_with_nominations,
        median(complete_nominations_pct)::double as median_complete_nominations_pct,
        count(cells_covered_pct) as units_with_steps,
        median(cells_covered_pct)::double as median_cells_covered_pct
    from figures
    group by programme_id, unit_type, award_year
)

select
    figures.programme_id,
    figures.unit_code,
    figures.unit_type,
    figures.award_year,
    figures.individuals,
    figures.direct_individuals,
    figures.people,
    figures.awards_per_thousand,
    figures.direct_individuals_pct,
    figures.nominations,
    figures.complete_nominations,
    figures.complete_nominations_pct,
    figures.cells_due,
    figures.cells_covered,
    figures.cells_covered_pct,
    alike.units_with_rate,
    alike.median_awards_per_thousand,
    alike.units_with_direct,
    alike.median_direct_individuals_pct,
    alike.units_with_nominations,
    alike.median_complete_nominations_pct,
    alike.units_with_steps,
    alike.median_cells_covered_pct
from figures
inner join alike
    on figures.programme_id = alike.programme_id
    and figures.unit_type = alike.unit_type
    and figures.award_year = alike.award_year
