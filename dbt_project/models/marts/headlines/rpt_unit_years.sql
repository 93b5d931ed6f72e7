-- Grain: one row per unit and award year with awards of persons or a headcount: how many of a thousand people were given an award,
-- how many of them work directly, and the middle of the units of its type in that year, with of how many it is the middle.
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

years as (
    select programme_id, unit_code, award_year from awards
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
        {{ percentage('awards.direct_individuals', 'awards.individuals') }} as direct_individuals_pct
    from years
    inner join {{ ref('dim_units') }} as units on years.unit_code = units.unit_code
    left join awards
        on years.programme_id = awards.programme_id
        and years.unit_code = awards.unit_code
        and years.award_year = awards.award_year
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
        median(direct_individuals_pct)::double as median_direct_individuals_pct
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
    alike.units_with_rate,
    alike.median_awards_per_thousand,
    alike.units_with_direct,
    alike.median_direct_individuals_pct
from figures
inner join alike
    on figures.programme_id = alike.programme_id
    and figures.unit_type = alike.unit_type
    and figures.award_year = alike.award_year
