-- Grain: one row per rule: completeness, criterion, quota, reading.
select
    rule_id, kind, programme_id, category, severity, mends, message_vi, short_vi, how_to_fix_vi,
    citation_vi as citation, document, section, quote, seed_ref
from {{ ref('stg_ref__rules') }}
