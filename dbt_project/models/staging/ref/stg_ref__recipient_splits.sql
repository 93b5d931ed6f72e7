-- Grain: one row per key, and post or year of it that is of another one of the same name.
select * from {{ source('ref', 'recipient_splits') }}
