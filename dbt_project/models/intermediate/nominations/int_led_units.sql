-- Grain: one row per person who heads a unit and name (key) the unit may have: what the annex says, what the post says,
-- else the workplace when it is a unit such a post heads (nominations.yaml, «heads»); and the head a registration names.
-- unit_key NULL: the post says that the person heads a unit, not which.
with heads as (
    select {{ place_key('position') }} as post, {{ place_key('unit') }} as word
    from {{ ref('stg_ref__head_positions') }}
),

posts as (
    select posts.*, heads.post, ltrim(substr(posts.key, len(heads.post) + 1), '_') as rest
    from {{ ref('int_posts') }} as posts
    inner join (select distinct post from heads) as heads
        on posts.told_as = 'post' and starts_with(posts.key || '_', heads.post || '_')
    qualify len(heads.post) = max(len(heads.post)) over (partition by posts.subject_no, posts.key)
),

named as (
    -- the unit stands in the post: «Giám đốc Sở A», «Trưởng phòng B»
    select
        posts.subject_no,
        case
            when heads.word is null or starts_with(posts.rest || '_', heads.word || '_') then posts.rest
            else heads.word || '_' || posts.rest
        end as unit_key,
        posts.cell,
        posts.other_file,
        posts.source_sheet
    from posts
    inner join heads on posts.post = heads.post
    where posts.rest <> '' and posts.rest is distinct from heads.word

    union all

    -- else the workplace
    select posts.subject_no, places.key, posts.cell, posts.other_file, posts.source_sheet
    from posts
    inner join heads
        on posts.post = heads.post
        and (posts.rest = '' or posts.rest = heads.word or heads.word is null)
    inner join {{ ref('int_posts') }} as places
        on posts.subject_no = places.subject_no
        and places.told_as = 'place'
        and places.key <> posts.key
        and (heads.word is null or starts_with(places.key || '_', heads.word || '_'))

    union all

    select subject_no, null, cell, other_file, source_sheet from posts

    union all

    select subject_no, key, cell, other_file, source_sheet from {{ ref('int_posts') }} where told_as = 'led'

    union all

    -- «Người đứng đầu; phụ trách đơn vị» of a collective in the same registration
    select people.subject_no, {{ place_key('collectives.recipient_name') }}, told.cell, collectives.source_file, told.source_sheet
    from {{ ref('int_told_facts') }} as told
    inner join {{ ref('int_subjects') }} as collectives on told.subject_no = collectives.subject_no
    inner join {{ ref('int_subjects') }} as people
        on collectives.programme_id = people.programme_id
        and collectives.unit_code = people.unit_code
        and collectives.phase_id is not distinct from people.phase_id
        and people.recipient_kind = 'ca_nhan'
        and {{ place_key('told.text') }} = {{ place_key('people.link_key') }}
    where told.field = 'nguoi_dung_dau'
)

select
    named.subject_no,
    named.unit_key,
    min(named.cell) as cell,
    min_by(named.other_file, (named.cell, named.other_file, named.source_sheet)) as other_file,
    min_by(named.source_sheet, (named.cell, named.other_file, named.source_sheet)) as source_sheet
from named
group by named.subject_no, named.unit_key
