-- Grain: programme, unit, scope, award without a line in mẫu 02. '?' = the name gave no award.
{{ config(meta={'by': 'roll_up'}) }}
with outside as (
    select
        counts.programme_id,
        counts.unit_code,
        coalesce(counts.award_code, '?') as award_code,
        {{ sum_measures('counts') }}
    from {{ ref('int_award_counts') }} as counts
    inner join {{ ref('int_mau_02_phases') }} as phases
        on counts.programme_id = phases.programme_id
        and counts.award_year between phases.first_year and phases.last_year
    where counts.award_code is null
        or counts.award_code not in (select award_code from {{ ref('stg_ref__mau_02_members') }})
    group by all
),

counts as (
    {{ counts_in_scopes('outside', ['award_code']) }}
)

select
    counts.programme_id,
    phases.phase_id,
    counts.unit_code,
    counts.scope,
    counts.award_code,
    coalesce(awards.official_name, '?') as award_name,
    {{ shown_measures('counts', 'heads') }}
from counts
inner join {{ ref('int_mau_02_phases') }} as phases on counts.programme_id = phases.programme_id
left join {{ ref('stg_ref__awards') }} as awards on counts.award_code = awards.award_code
left join {{ ref('int_scope_person_years') }} as heads
    on counts.programme_id = heads.programme_id
    and counts.unit_code = heads.unit_code
    and counts.scope = heads.scope
