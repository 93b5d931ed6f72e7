-- Grain: programme, award year, level, unit, scope. Every award with a code and a year, inside mẫu 02 or not.
with by_level as (
    select
        programme_id,
        unit_code,
        award_year,
        level,
        {{ sum_measures() }}
    from {{ ref('int_award_counts') }}
    where award_code is not null and award_year is not null
    group by programme_id, unit_code, award_year, level
),

counts as (
    select
        scopes.programme_id,
        scopes.unit_code,
        scopes.scope,
        by_level.award_year,
        by_level.level,
        {{ sum_measures('by_level') }}
    from {{ ref('int_award_scopes') }} as scopes
    inner join by_level
        on scopes.programme_id = by_level.programme_id
        and scopes.member_code = by_level.unit_code
    group by all
)

select
    counts.programme_id,
    counts.award_year,
    counts.level,
    counts.unit_code,
    counts.scope,
    {{ shown_measures('counts', 'heads') }}
from counts
left join {{ ref('int_scope_headcounts') }} as heads
    on counts.programme_id = heads.programme_id
    and counts.unit_code = heads.unit_code
    and counts.scope = heads.scope
    and counts.award_year = heads.year
