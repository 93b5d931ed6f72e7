-- Grain: one row per record: the head of a form, a row of its table, a report of a person, a document.
select * from {{ source('raw', 'records') }}
