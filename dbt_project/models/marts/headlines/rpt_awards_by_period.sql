-- Grain: programme, level, period; «all» stands for every level or every year. Award events that units' lists name with
-- a code and a year; a year without any between the first and the last has a row of zeros.
with awards as (
    select
        programme_id,
        level,
        award_year,
        collectives + individuals + households as awards,
        individuals,
        direct_individuals,
        leader_individuals,
        unknown_class_individuals
    from {{ ref('rpt_award_totals_by_level') }}
    where scope = 'own'
),

years as (
    select programme_id, {{ each_year('min(award_year)', 'max(award_year)') }} as award_year
    from awards
    group by programme_id
),

levels as (
    select distinct programme_id, level from awards
),

filled as (
    select * from awards
    union all
    select levels.programme_id, levels.level, years.award_year, 0, 0, 0, 0, 0
    from levels
    inner join years on levels.programme_id = years.programme_id
),

sums as (
    select
        programme_id,
        coalesce(level, 'all') as level,
        coalesce(award_year::varchar, 'all') as period,
        sum(awards)::bigint as awards,
        sum(individuals)::bigint as individuals,
        sum(direct_individuals)::bigint as direct_individuals,
        coalesce(sum(leader_individuals), 0)::bigint as leader_individuals,
        coalesce(sum(unknown_class_individuals), 0)::bigint as unknown_class_individuals
    from filled
    group by grouping sets (
        (programme_id, level, award_year), (programme_id, level), (programme_id, award_year), (programme_id)
    )
)

select
    *,
    {{ percentage('direct_individuals', 'individuals') }} as direct_individuals_pct,
    {{ percentage('leader_individuals', 'individuals') }} as leader_individuals_pct
from sums
