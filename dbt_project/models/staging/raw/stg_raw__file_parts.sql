-- Grain: one row per sheet, table, run of paragraphs, text box, page or print header of a file that was read.
select * from {{ source('raw', 'file_parts') }}
