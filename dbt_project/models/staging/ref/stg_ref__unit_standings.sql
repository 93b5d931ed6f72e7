-- Grain: one row per unit and body that stands for it (itself, then its successors), with the days this holds for.
select * from {{ source('ref', 'unit_standings') }}
