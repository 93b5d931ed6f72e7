-- Grain: one row per unit with a filled mẫu 02 and row of the form, numbers as the unit wrote them.
-- Filled = at least one count stands in it. A blank cell is NULL here.
with wide as (
    select
        programme_id,
        unit_code,
        row_id,
        max(count_value) filter (where column_id = 'sl_tap_the') as collectives,
        max(count_value) filter (where column_id = 'sl_ca_nhan') as individuals,
        max(count_value) filter (where column_id = 'sl_gia_dinh') as households,
        max(count_value) filter (where column_id = 'cs_tap_the_sl') as grassroots_collectives,
        max(count_value) filter (where column_id = 'cs_ca_nhan_sl') as direct_individuals
    from {{ ref('int_mau_02_cells') }}
    group by programme_id, unit_code, row_id
),

filled as (
    select programme_id, unit_code
    from {{ ref('int_mau_02_cells') }}
    where count_value is not null
    group by programme_id, unit_code
)

select
    filled.programme_id,
    filled.unit_code,
    form_rows.row_id,
    form_rows.parent,
    form_rows.row_type,
    form_rows.adds_to_group,
    wide.* exclude (programme_id, unit_code, row_id)
from filled
cross join {{ ref('stg_ref__mau_02_rows') }} as form_rows
left join wide
    on filled.programme_id = wide.programme_id
    and filled.unit_code = wide.unit_code
    and form_rows.row_id = wide.row_id
