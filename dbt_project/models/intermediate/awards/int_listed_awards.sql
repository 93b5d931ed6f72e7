-- Grain: one row per row of a list and award it names, with the code of the award as the sender may write it: «Thành phố»
-- for «tỉnh» in a city under central government. The only place where names in lists become codes. is_current: it counts tonight.
{{ config(meta={'by': 'unit'}) }}
with rows as (
    select
        *,
        submission_id || ':' || part_no || ':' || source_row as record_id
    from {{ ref('stg_raw__award_rows') }}
)

select
    rows.*,
    -- a second award of one row has a number of its own
    rows.record_id || case when rows.row_item > 1 then '.' || rows.row_item else '' end as row_id,
    files.programme_id,
    files.unit_code,
    files.received_on,
    files.source_file,
    aliases.award_code,
    coalesce(keys.is_current, false) as is_current
from rows
inner join {{ ref('int_files') }} as files on rows.submission_id = files.submission_id
left join {{ ref('int_current_keys') }} as keys
    on rows.submission_id = keys.submission_id
    and rows.form_id = keys.form_id
    and rows.part_key = keys.part_key
left join {{ ref('stg_ref__units') }} as units on files.unit_code = units.unit_code
left join {{ ref('stg_ref__award_aliases') }} as aliases
    on rows.award_key = aliases.alias_key
    and (not aliases.city_only or units.is_in_city)
