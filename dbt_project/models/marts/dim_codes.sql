-- Grain: one row per field and code of a value: the label people know the code by.
select field, code, label_vi from {{ ref('stg_ref__codes') }}
