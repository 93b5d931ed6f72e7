-- Grain: one row per night and finding.
select * from {{ source('quality', 'finding_nights') }}
