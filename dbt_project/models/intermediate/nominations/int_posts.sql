-- Grain: one row per post or workplace that a person's nomination and records tell, in parts as commas divide them.
with told as (
    select
        subject_no,
        case when field like '%chuc_vu' then 'post' when field = 'led_unit' then 'led' else 'place' end as told_as,
        text,
        cell,
        other_file,
        source_sheet
    from {{ ref('int_told_facts') }}
    where regexp_matches(field, '^(.*\.)?(chuc_vu|don_vi_cong_tac)$') or field = 'led_unit'

    union all

    select subjects.subject_no, told.told_as, told.text, nominations.source_cell, null, nominations.source_sheet
    from {{ ref('int_nominations') }} as nominations
    inner join {{ ref('int_subjects') }} as subjects on nominations.nomination_id = subjects.subject_id
    cross join unnest([
        {'told_as': 'post', 'text': nominations.position},
        {'told_as': 'place', 'text': nominations.workplace},
        -- «Họ tên, chức vụ, đơn vị»
        {'told_as': 'post', 'text': regexp_extract(nominations.recipient_name, ',(.*)$', 1)},
        {'told_as': 'place', 'text': regexp_extract(nominations.recipient_name, ',(.*)$', 1)}
    ]) as texts (told)
    where nominations.recipient_kind = 'ca_nhan' and told.text <> ''
),

parts as (
    select * exclude (text), unnest(regexp_split_to_array(text, '[,;]|\s+kiêm\s+')) as text
    from told
)

select * exclude (text), {{ place_key('text') }} as key
from parts
where trim(text) <> ''
