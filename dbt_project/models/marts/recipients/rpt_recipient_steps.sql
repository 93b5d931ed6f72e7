-- Grain: one row per recipient and step of a ladder of the law in force of which the recipient has something: what makes the
-- next title possible, what lacks, what has to be asked. Blocks nothing. Three-valued: can, lacks, unknown.
with steps as (
    select steps.*
    from {{ ref('stg_ref__award_steps') }} as steps
    cross join {{ ref('stg_meta__night') }} as night
    where night.as_of >= steps.valid_from and (steps.valid_to is null or night.as_of <= steps.valid_to)
),

held as (
    select
        events.recipient_id,
        needs.step_id,
        needs.need_no,
        events.event_year,
        -- years on end have one number
        events.event_year - dense_rank() over (
            partition by events.recipient_id, needs.step_id, needs.need_no order by events.event_year
        ) as run
    from {{ ref('fct_recipient_events') }} as events
    inner join {{ ref('stg_ref__award_need_codes') }} as needs on events.code = needs.code
    where events.event_kind in ('award', 'award_told', 'rating') and events.event_year is not null and events.withdrawn is null
        and events.is_revoked is not true
),

runs as (
    select
        recipient_id,
        step_id,
        need_no,
        run,
        count(distinct event_year) as years,
        min(event_year) as first_year,
        max(event_year) as last_year
    from held
    group by recipient_id, step_id, need_no, run
),

last_runs as (
    select *, row_number() over (partition by recipient_id, step_id, need_no order by last_year desc) as place
    from runs
),

seen as (
    select
        recipient_id,
        step_id,
        need_no,
        sum(years)::integer as all_years,
        max(case when place = 1 then years end)::integer as on_end,
        max(case when place = 1 then first_year end) as run_first,
        max(last_year) as last_year
    from last_runs
    group by recipient_id, step_id, need_no
),

-- years of which the unit's lists tell
listed as (
    select distinct unit_code, award_year from {{ ref('fct_awards') }} where award_year is not null
),

candidates as (
    select distinct recipients.recipient_id, recipients.unit_code, recipients.basis, steps.*
    from seen
    inner join {{ ref('dim_recipients') }} as recipients on seen.recipient_id = recipients.recipient_id
    inner join steps
        on seen.step_id = steps.step_id
        and recipients.recipient_kind = steps.recipient_kind
),

several as (
    select recipient_id from {{ ref('dim_recipient_keys') }} group by recipient_id having max(greatest(positions, births)) > 1
),

judged as (
    select
        candidates.recipient_id,
        candidates.step_id,
        candidates.award_code,
        candidates.award_vi,
        candidates.law_vi,
        candidates.clause_vi,
        candidates.is_only_way,
        needs.need_no,
        needs.kind,
        needs.words_vi,
        needs.ask_vi,
        needs.times,
        coalesce(case when needs.in_a_row then seen.on_end else seen.all_years end, 0) as found,
        seen.last_year,
        case
            when needs.kind = 'ask' then 1
            when coalesce(case when needs.in_a_row then seen.on_end else seen.all_years end, 0) >= needs.times
                then case when several.recipient_id is null and candidates.basis <> 'unit' then 2 else 1 end
            -- the year before the run is known, and the title is not there
            when needs.kind = 'award' and needs.in_a_row and listed.award_year is not null then 0
            else 1
        end as v
    from candidates
    inner join {{ ref('stg_ref__award_needs') }} as needs on candidates.step_id = needs.step_id
    left join seen
        on candidates.recipient_id = seen.recipient_id
        and needs.step_id = seen.step_id
        and needs.need_no = seen.need_no
    left join listed
        on candidates.unit_code = listed.unit_code
        and listed.award_year = seen.run_first - 1
    left join several on candidates.recipient_id = several.recipient_id
),

-- what was deserved once is given once: who has the title since then is asked for new merits
already as (
    select recipient_id, code as award_code, max(event_year) as year
    from {{ ref('fct_recipient_events') }}
    where event_kind in ('award', 'award_told') and withdrawn is null and is_revoked is not true and code in (select award_code from steps)
    group by recipient_id, code
),

asked as (
    select
        judged.recipient_id,
        judged.step_id,
        judged.award_code,
        judged.award_vi,
        judged.law_vi,
        judged.clause_vi,
        judged.is_only_way,
        1000 as need_no,
        'ask' as kind,
        null::varchar as words_vi,
        'từ năm ' || already.year || ' đã có ' || judged.award_vi || ': sau đó có thành tích mới không' as ask_vi,
        1 as times,
        0 as found,
        null::integer as last_year,
        1 as v
    from judged
    inner join already
        on judged.recipient_id = already.recipient_id
        and judged.award_code = already.award_code
    group by all
    having max(already.year) >= max(judged.last_year)
),

answered as (
    select
        recipient_id,
        step_id,
        award_code,
        award_vi,
        law_vi,
        clause_vi,
        is_only_way,
        need_no,
        kind,
        words_vi,
        ask_vi,
        times,
        found,
        last_year,
        v
    from judged
    union all
    select * from asked
)

select
    recipient_id,
    step_id,
    award_code,
    min(award_vi) as award_vi,
    case min(v) when 0 then 'lacks' when 1 then 'unknown' else 'can' end as verdict,
    {{ told_together("case when kind <> 'ask' and found >= times then words_vi || ' (đến năm ' || last_year || ')' end", 'need_no') }} as met_vi,
    {{ told_together("case when kind <> 'ask' and found < times then words_vi || ' (mới thấy ' || found || ' trong ' || times || ')' end", 'need_no') }}
        as lacks_vi,
    {{ told_together("ask_vi", 'need_no') }} as asks_vi,
    min(law_vi) as law_vi,
    min(clause_vi) as clause_vi,
    bool_and(is_only_way) as is_only_way
from answered
group by recipient_id, step_id, award_code
