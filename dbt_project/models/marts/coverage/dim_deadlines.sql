-- Grain: one row per thing due in one period and type of unit it is due from.
select
    deadlines.programme_id,
    deadlines.cell_id,
    deadlines.period,
    types.unit_type,
    deadlines.last_day,
    deadlines.wording_vi,
    deadlines.citation_vi as citation,
    deadlines.label_vi,
    deadlines.day is not null as is_named,
    deadlines.is_before,
    deadlines.document,
    deadlines.section,
    deadlines.quote,
    deadlines.seed_ref
from {{ ref('stg_ref__deadlines') }} as deadlines
inner join {{ ref('stg_ref__deadline_unit_types') }} as types on deadlines.cell_id = types.cell_id
