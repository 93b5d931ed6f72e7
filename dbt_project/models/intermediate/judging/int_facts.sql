-- Grain: one row per fact of a subject: what its own records tell, and what those of the unit it heads tell.
{{ config(materialized='view') }}
select *, false as is_partial from {{ ref('int_told_facts') }}
union all by name
select * from {{ ref('int_led_facts') }}
union all by name
-- what lists of awards say of whoever has the name
select
    subject_no,
    class_no,
    'self' as of,
    'award_history' as field,
    award_year as year,
    award_code as code,
    decision_date as day,
    decision_no,
    year(decision_date) as decision_year,
    source_file as other_file,
    source_sheet,
    source_cell as cell,
    not is_certain as is_partial
from {{ ref('int_award_history') }}
