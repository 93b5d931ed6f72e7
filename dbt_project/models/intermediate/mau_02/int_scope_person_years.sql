-- Grain: one row per programme, unit and scope: headcounts summed over the phase's years (person-years).
-- NULL when a year is missing.
{{ config(meta={'by': 'roll_up'}) }}
select
    heads.programme_id,
    heads.unit_code,
    heads.scope,
    case when count(heads.collectives) = count(*) then sum(heads.collectives)::bigint end as collectives,
    case when count(heads.individuals) = count(*) then sum(heads.individuals)::bigint end as individuals
from {{ ref('int_scope_headcounts') }} as heads
inner join {{ ref('int_mau_02_phases') }} as phases
    on heads.programme_id = phases.programme_id
    and heads.year between phases.first_year and phases.last_year
group by heads.programme_id, heads.unit_code, heads.scope
