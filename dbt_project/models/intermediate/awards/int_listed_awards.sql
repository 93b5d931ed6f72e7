-- Grain: one row per row of a list and award it names, with the code of the award as the sender may write it: «Thành phố»
-- for «tỉnh» in a city under central government. The only place where names in lists become codes.
select
    rows.*,
    files.programme_id,
    files.unit_code,
    files.received_on,
    files.source_file,
    aliases.award_code
from {{ ref('stg_raw__award_rows') }} as rows
inner join {{ ref('int_files') }} as files on rows.submission_id = files.submission_id
left join {{ ref('stg_ref__units') }} as units on files.unit_code = units.unit_code
left join {{ ref('stg_ref__award_aliases') }} as aliases
    on rows.award_key = aliases.alias_key
    and (not aliases.city_only or units.is_in_city)
