-- Grain: one row per leaf, kind and value it names.
select * from {{ source('ref', 'leaf_values') }}
