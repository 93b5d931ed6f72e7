-- Grain: programme, award year, level, unit, scope. Every award with a code and a year, inside mẫu 02 or not.
{{ config(meta={'by': 'roll_up'}) }}
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
    {{ counts_in_scopes('by_level', ['award_year', 'level']) }}
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
