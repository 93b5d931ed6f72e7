-- Grain: one row per rule, cell and unit: what is due did not come, or came late.
with owed as (
    select
        dues.*,
        cells.year,
        -- one rule that asks a unit for several things of a year says which of them it means
        count(*) over (partition by dues.rule_id, dues.unit_code, cells.year) > 1 as is_one_of_several
    from {{ ref('int_dues') }} as dues
    left join {{ ref('stg_ref__coverage_cells') }} as cells on dues.cell_id = cells.cell_id
),

dues as (
    select
        *,
        -- what is there is not told as missing, also by a rule that asks for both
        if_missing and if_late and first_received_on is not null and not is_meeting as is_late_alone
    from owed
    where v = 0
)

select
    dues.programme_id || '|' || dues.unit_code || '|' || dues.cell_id as row_id,
    'DON-VI' as suite,
    dues.rule_id,
    'fail' as verdict,
    dues.programme_id,
    dues.unit_code,
    coalesce(dues.form_id, dues.wanted_form) as form_id,
    null::varchar as nomination_id,
    null::varchar as recipient_name,
    dues.cell_id as recipient_key,
    'ngay_gui' as field,
    to_json({
        'said_by': case when dues.is_late_alone then 'came_late' end,
        'viec': case when dues.is_late_alone then coalesce(deadlines.label_vi, dues.cell_id) end,
        'viec_nao': case when dues.is_one_of_several and not dues.is_late_alone then coalesce(deadlines.label_vi, dues.cell_id) end,
        'due_year': coalesce(dues.year::varchar, ''),
        'han': coalesce(deadlines.wording_vi, ''),
        'deadline': coalesce({{ day_vi('dues.last_day') }}, ''),
        'received': coalesce({{ day_vi('dues.first_received_on') }}, '')
    })::varchar as params,
    false as list_cause,
    null::bigint as list_size,
    -- «trước ngày X»: on X itself only a note (POL-TRUOC-NGAY)
    case when dues.is_on_the_day then 'information' end as severity,
    dues.submission_id,
    dues.source_file,
    null::varchar as source_sheet,
    null::integer as source_row,
    null::varchar as source_cell
from dues
left join {{ ref('stg_ref__deadlines') }} as deadlines on dues.cell_id = deadlines.cell_id
