-- Grain: one row per award, title or rating the reference data know.
select award_code, official_name, kind, level, mau_02_row, is_award, note, basis, document, section, quote, seed_ref
from {{ ref('stg_ref__awards') }}
