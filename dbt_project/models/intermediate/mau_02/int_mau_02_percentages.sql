-- Grain: one row per percentage a unit wrote in its mẫu 02, against the ones its own numbers give.
-- 002:355 may be read as a share of those awarded, 002:410 as one of all in the unit (POL-PCT-DENOM): a percentage right
-- under either is right; one that only an unknown total could make right is a note, no warning.
-- Where one of its two numbers could not be read, nothing is said of the percentage: the number was asked for already.
{% set pairs = [
    ('cs_tap_the_pct', 'grassroots_collectives', 'collectives', 'cs_tap_the_sl', 'sl_tap_the'),
    ('cs_ca_nhan_pct', 'direct_individuals', 'individuals', 'cs_ca_nhan_sl', 'sl_ca_nhan'),
] %}
with unread as (
    select programme_id, unit_code, row_id, column_id
    from {{ ref('int_mau_02_cells') }}
    where count_value is null and text_raw is not null
),

computed as (
    {% for column, part, whole, part_column, whole_column in pairs -%}
    select
        cells.programme_id,
        cells.unit_code,
        cells.row_id,
        cells.column_id,
        cells.value as said,
        {{ percentage('coalesce(written.' ~ part ~ ', 0)', 'written.' ~ whole) }} as of_awarded,
        {{ percentage('coalesce(written.' ~ part ~ ', 0)', 'heads.' ~ whole) }} as of_unit,
        heads.{{ whole }} is null and coalesce(written.{{ part }}, 0) > 0 as is_unit_unknown
    from {{ ref('int_mau_02_cells') }} as cells
    inner join {{ ref('int_mau_02_written') }} as written
        on cells.programme_id = written.programme_id
        and cells.unit_code = written.unit_code
        and cells.row_id = written.row_id
    left join {{ ref('int_scope_person_years') }} as heads
        on cells.programme_id = heads.programme_id
        and cells.unit_code = heads.unit_code
        and heads.scope = 'own'
    left join unread
        on cells.programme_id = unread.programme_id
        and cells.unit_code = unread.unit_code
        and cells.row_id = unread.row_id
        and unread.column_id in ('{{ part_column }}', '{{ whole_column }}')
    where cells.column_id = '{{ column }}' and cells.value is not null and unread.row_id is null
    {{ "union all" if not loop.last }}
    {% endfor %}
),

judged as (
    select
        *,
        {{ policy_is('POL-PCT-DENOM', 'unit_total_of_kind') }} as is_of_unit,
        {{ is_percentage('said', 'of_awarded') }} as is_right_of_awarded,
        not is_unit_unknown and {{ is_percentage('said', 'of_unit') }} as is_right_of_unit
    from computed
)

select
    'CP-LS-M02-PCT' as rule_id,
    programme_id,
    unit_code,
    row_id,
    column_id,
    case
        when is_right_of_awarded or is_right_of_unit then 'pass'
        when is_of_unit and is_unit_unknown then 'unknown'
        else 'fail'
    end as verdict,
    -- a smaller share may be one of all in the unit, whose number is not told: only a note
    case when is_unit_unknown and said < coalesce(of_awarded, 0) then 'information' end as severity,
    said,
    case when is_of_unit then of_unit else of_awarded end as found
from judged
