-- Grain: one row per programme: the award years mẫu 02 counts. phase_id is the programme's id.
select
    programme_id,
    programme_id as phase_id,
    first_award_year as first_year,
    last_award_year as last_year
from {{ ref('stg_ref__programmes') }}
