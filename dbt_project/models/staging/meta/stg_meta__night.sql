-- Grain: one row: the night that is counted.
select * from {{ source('meta', 'night') }}
