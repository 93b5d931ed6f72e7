-- Grain: one row per programme, unit, scope and year: people and collectives the awards are a share of.
-- NULL when the unit itself, or in a roll-up a unit that sent awards, has no number for the year.
{{ config(meta={'by': 'roll_up'}) }}
with years as (
    select programme_id, unnest(generate_series(first_year, last_year))::integer as year
    from {{ ref('int_mau_02_phases') }}
    union
    select distinct programme_id, year from {{ ref('int_headcounts') }}
)

select
    scopes.programme_id,
    scopes.unit_code,
    scopes.scope,
    years.year,
    case when not bool_or(scopes.is_needed and heads.collectives is null)
        then sum(heads.collectives)::bigint end as collectives,
    case when not bool_or(scopes.is_needed and heads.individuals is null)
        then sum(heads.individuals)::bigint end as individuals
from {{ ref('int_award_scopes') }} as scopes
inner join years on scopes.programme_id = years.programme_id
left join {{ ref('int_headcounts') }} as heads
    on scopes.programme_id = heads.programme_id
    and scopes.member_code = heads.unit_code
    and years.year = heads.year
group by scopes.programme_id, scopes.unit_code, scopes.scope, years.year
