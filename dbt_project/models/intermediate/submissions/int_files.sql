-- Grain: one row per file ever seen. Which files count tonight, before any superseding.
with night as (
    select as_of from {{ ref('stg_meta__night') }}
),

seen as (
    select
        s.*,
        s.intake = 'read' and s.is_present and s.received_on <= night.as_of as is_readable
    from {{ ref('stg_raw__submissions') }} as s
    cross join night
)

select
    seen.*,
    -- Equal bytes from the same programme and unit: the earliest stays.
    case
        when is_readable then row_number() over (
            partition by programme_id, unit_code, content_sha256, is_readable
            order by received_on, source_file
        )
    end as copy_no
from seen
