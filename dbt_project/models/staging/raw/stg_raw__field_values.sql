-- Grain: one row per value told in a record: a field of its form, repeated values numbered by item.
select * from {{ source('raw', 'fields') }}
