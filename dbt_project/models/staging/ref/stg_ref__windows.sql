-- Grain: one row per window of years that conditions look at, and phase it differs by.
select * from {{ source('ref', 'windows') }}
