-- Grain: one row per decision and pair of keys that it joins, or keeps apart.
select * from {{ source('ref', 'recipient_joins') }}
