-- Grain: one row per award event: every counted row of an award list.
select
    row_id as award_id,
    programme_id,
    unit_code,
    award_code,
    sub_kind,
    level,
    recipient_kind,
    recipient_name,
    position,
    workplace,
    object_class,
    is_direct,
    is_leader,
    award_year,
    decision_no,
    decision_date,
    submission_id,
    source_file,
    source_sheet,
    source_row
from {{ ref('int_award_rows') }}
where not is_duplicate and not is_no_award and (recipient_name is not null or award_raw is not null)
