-- Grain: one row per percentage a unit wrote in its mẫu 02, against the one its own numbers give.
-- POL-PCT-DENOM decides the denominator; without one the percentage cannot be judged.
{% set pairs = [
    ('cs_tap_the_pct', 'grassroots_collectives', 'collectives'), ('cs_ca_nhan_pct', 'direct_individuals', 'individuals')
] %}
with computed as (
    {% for column, part, whole in pairs -%}
    select
        cells.programme_id,
        cells.unit_code,
        cells.row_id,
        cells.column_id,
        cells.value as said,
        {{ percentage(
            'coalesce(written.' ~ part ~ ', 0)',
            "case when " ~ policy_is('POL-PCT-DENOM', 'unit_total_of_kind') ~ " then heads." ~ whole
                ~ " else written." ~ whole ~ " end"
        ) }} as found,
        {{ policy_is('POL-PCT-DENOM', 'unit_total_of_kind') }} and heads.{{ whole }} is null as is_unknown
    from {{ ref('int_mau_02_cells') }} as cells
    inner join {{ ref('int_mau_02_written') }} as written
        on cells.programme_id = written.programme_id
        and cells.unit_code = written.unit_code
        and cells.row_id = written.row_id
    left join {{ ref('int_scope_person_years') }} as heads
        on cells.programme_id = heads.programme_id
        and cells.unit_code = heads.unit_code
        and heads.scope = 'own'
    where cells.column_id = '{{ column }}' and cells.value is not null
    {{ "union all" if not loop.last }}
    {% endfor %}
)

select
    'CP-LS-M02-PCT' as rule_id,
    programme_id,
    unit_code,
    row_id,
    column_id,
    case
        when is_unknown then 'unknown'
        when abs(said - coalesce(found, 0)) <= 0.1 then 'pass'
        -- a cell with the format % holds the share itself: 0.714286 is shown as 71,43%
        when abs(100 * said - found) <= 0.001 then 'pass'
        else 'fail'
    end as verdict,
    said,
    found
from computed
