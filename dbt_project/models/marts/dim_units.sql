-- Grain: one row per unit of the reference list.
select
    unit_code, name, unit_type, parent_code, programme_id, province_gso_code, cluster,
    valid_from, valid_to, successor_code, party_congress_date, is_placeholder, basis, is_usual, official_name, agency_code
from {{ ref('stg_ref__units') }}
