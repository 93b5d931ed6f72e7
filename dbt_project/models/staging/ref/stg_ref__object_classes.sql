-- Grain: one row per class of recipients (đối tượng) and kind of recipient.
select * from {{ source('ref', 'object_classes') }}
