-- Grain: one row per finding ever made, as it stands tonight.
with night as (
    select as_of from {{ ref('stg_meta__night') }}
),

history as (
    select finding_nights.*
    from {{ ref('stg_quality__finding_nights') }} as finding_nights
    inner join night on finding_nights.as_of <= night.as_of
),

last_night as (
    select max(nights.as_of) as as_of
    from {{ ref('stg_quality__nights') }} as nights
    inner join night on nights.as_of < night.as_of
),

lives as (
    select
        finding_id,
        min(as_of) as first_seen_on,
        max(as_of) as last_seen_on,
        bool_or(as_of = (select as_of from night)) as is_here,
        coalesce(bool_or(as_of = (select as_of from last_night)), false) as was_here,
        bool_or(as_of < (select as_of from night)) as was_ever_here
    from history
    group by finding_id
),

last_rows as (
    -- a night has a finding once; whole rows of all nights are not sorted for it
    select history.*
    from history
    inner join lives on history.finding_id = lives.finding_id and history.as_of = lives.last_seen_on
),

gone as (
    -- the first night after the last sight of it
    select lives.finding_id, min(nights.as_of) as fixed_on
    from lives
    inner join {{ ref('stg_quality__nights') }} as nights on nights.as_of > lives.last_seen_on
    inner join night on nights.as_of <= night.as_of
    where not lives.is_here
    group by lives.finding_id
)

select
    last_rows.finding_id,
    last_rows.programme_id,
    last_rows.unit_code,
    last_rows.nomination_id,
    last_rows.recipient_name,
    last_rows.form_id,
    last_rows.rule_id,
    last_rows.severity,
    last_rows.field,
    last_rows.message_vi,
    -- nights of an earlier version knew the whole sentence only
    coalesce(last_rows.subject_vi, last_rows.recipient_name, '') as subject_vi,
    coalesce(last_rows.fact_vi, last_rows.message_vi, '') as fact_vi,
    last_rows.fix_vi,
    last_rows.values_vi,
    last_rows.fact_of_years_vi,
    last_rows.year,
    last_rows.citation,
    due.cell_id,
    due.deadline,
    last_rows.submission_id,
    last_rows.source_file,
    last_rows.source_sheet,
    last_rows.source_row,
    last_rows.source_cell,
    case
        when not lives.is_here then 'fixed'
        when waivers.finding_id is not null then 'waived'
        when not lives.was_ever_here then 'new'
        when lives.was_here then 'open'
        else 'reopened'
    end as status,
    status in ('new', 'open', 'reopened') as is_open,
    lives.first_seen_on,
    lives.last_seen_on,
    gone.fixed_on
from last_rows
inner join lives on last_rows.finding_id = lives.finding_id
left join gone on last_rows.finding_id = gone.finding_id
left join {{ ref('int_finding_deadlines') }} as due on last_rows.finding_id = due.finding_id
left join {{ ref('stg_ref__waivers') }} as waivers
    on last_rows.finding_id = waivers.finding_id
    and waivers.until >= (select as_of from night)
