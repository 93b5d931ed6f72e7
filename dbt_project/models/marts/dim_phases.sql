-- Grain: one row per phase of a programme; the programme as a whole is one of them.
select programme_id, phase_id, label, kind, first_year, last_year, document, section, quote, seed_ref
from {{ ref('stg_ref__phases') }}
