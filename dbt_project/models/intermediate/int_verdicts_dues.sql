-- Grain: one row per rule, cell and unit: what is due did not come, or came late.
select
    programme_id || '|' || unit_code || '|' || cell_id as row_id,
    'DON-VI' as suite,
    rule_id,
    'fail' as verdict,
    programme_id,
    unit_code,
    coalesce(form_id, wanted_form) as form_id,
    null::varchar as nomination_id,
    null::varchar as recipient_name,
    cell_id as recipient_key,
    'ngay_gui' as field,
    to_json({
        'deadline': coalesce(strftime(deadline, '%d/%m/%Y'), ''),
        'received': coalesce(strftime(first_received_on, '%d/%m/%Y'), '')
    })::varchar as params,
    false as list_cause,
    null::bigint as list_size,
    -- «trước ngày X»: on X itself only a note (POL-TRUOC-NGAY)
    case when is_on_the_day then 'information' end as severity,
    submission_id,
    source_file,
    null::varchar as source_sheet,
    null::integer as source_row,
    null::varchar as source_cell
from {{ ref('int_dues') }}
where v = 0
