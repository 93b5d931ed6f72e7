-- Grain: one row per row of a list that takes awards back and counts tonight: whose award it was, and the decision that took
-- it back. What the row itself tells of a decision may be either of the two; of a year, only what it says itself is the award's.
select
    rows.row_id,
    rows.programme_id,
    rows.unit_code,
    rows.form_id,
    rows.recipient_kind,
    rows.recipient_name,
    {{ person_key('rows.name_key', 'rows.recipient_kind') }} as name_key,
    {{ place_key('rows.workplace_key') }} as workplace_search,
    rows.award_code,
    case when rows.year_source = 'nam' then rows.award_year end as award_year,
    rows.decision_no,
    rows.decision_date,
    parts.title_decision_no as revoking_no,
    parts.title_decision_date as revoking_date,
    rows.submission_id,
    rows.source_file,
    rows.source_sheet,
    rows.source_row,
    {{ cell("'recipient_name'") }} as source_cell
from {{ ref('int_listed_awards') }} as rows
inner join {{ ref('stg_ref__forms') }} as forms
    on rows.form_id = forms.form_id
    and forms.contents = 'revocations'
inner join {{ ref('stg_raw__parts') }} as parts
    on rows.submission_id = parts.submission_id
    and rows.part_no = parts.part_no
where rows.is_current and rows.name_key is not null
