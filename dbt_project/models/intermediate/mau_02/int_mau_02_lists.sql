-- Grain: one row per unit, and row of mẫu 02 in which its award lists count something.
-- An event counts in each row that has its award with no sub-kind or its own (ref.mau_02_members
-- holds groups and the total too, made of lines and unnumbered siblings, never of sub-lines).
{{ config(meta={'by': 'unit'}) }}
select
    counts.programme_id,
    counts.unit_code,
    members.row_id,
    {{ sum_measures('counts') }}
from {{ ref('int_award_counts') }} as counts
inner join {{ ref('int_mau_02_phases') }} as phases
    on counts.programme_id = phases.programme_id
    and counts.award_year between phases.first_year and phases.last_year
inner join {{ ref('stg_ref__mau_02_members') }} as members
    on counts.award_code = members.award_code
    and (members.sub_kind is null or members.sub_kind = counts.sub_kind)
group by counts.programme_id, counts.unit_code, members.row_id
