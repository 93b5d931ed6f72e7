-- Grain: one row per programme.
select
    programme_id, short_name, title, issuing_body, document_type, document_number, document_date,
    period_start, period_end, period_label, first_award_year, last_award_year, document, section, quote, seed_ref
from {{ ref('stg_ref__programmes') }}
