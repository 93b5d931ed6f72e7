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
    inner join steps on needs.step_id = steps.step_id
    where events.event_kind in ('award', 'award_told', 'rating') and events.event_year is not null and events.withdrawn is null
        and events.is_revoked is not true
),

runs as (
    select
        recipient_id,
        step_id,
        need_no,
        count(distinct event_year) as years,
        min(event_year) as first_year,
        max(event_year) as last_year
    from held
    group by recipient_id, step_id, need_no, run
),

seen as (
    select
        recipient_id,
        step_id,
        need_no,
        sum(years)::integer as all_years,
        -- the last run
        max_by(years, last_year)::integer as on_end,
        max_by(first_year, last_year) as run_first,
        max(last_year) as last_year
    from runs
    group by recipient_id, step_id, need_no
),

-- years of which the unit's lists tell
listed as (
    select distinct unit_code, award_year from {{ ref('fct_awards') }} where award_year is not null
),

candidates as (
    select distinct
        recipients.recipient_id,
        recipients.unit_code,
        recipients.basis,
        steps.step_id,
        steps.award_code
    from seen
    inner join {{ ref('dim_recipients') }} as recipients on seen.recipient_id = recipients.recipient_id
    inner join steps
        on seen.step_id = steps.step_id
        and recipients.recipient_kind = steps.recipient_kind
),

several as (
    select recipient_id from {{ ref('dim_recipient_keys') }} group by recipient_id having max(greatest(positions, births)) > 1
),

counted as (
    select
        candidates.recipient_id,
        candidates.unit_code,
        candidates.basis,
        candidates.step_id,
        candidates.award_code,
        needs.need_no,
        needs.kind,
        needs.times,
        needs.in_a_row,
        coalesce(case when needs.in_a_row then seen.on_end else seen.all_years end, 0) as found,
        seen.last_year,
        seen.run_first
    from candidates
    inner join {{ ref('stg_ref__award_needs') }} as needs on candidates.step_id = needs.step_id
    left join seen
        on candidates.recipient_id = seen.recipient_id
        and needs.step_id = seen.step_id
        and needs.need_no = seen.need_no
),

judged as (
    select
        counted.recipient_id,
        counted.step_id,
        counted.award_code,
        counted.last_year,
        -- what the words of a need hang on
        {
            'need_no': counted.need_no,
            'found': least(counted.found, counted.times),
            'last_year': case when counted.found >= counted.times then counted.last_year end
        } as state,
        case
            when counted.kind = 'ask' then 1
            when counted.found >= counted.times
                then case when several.recipient_id is null and counted.basis <> 'unit' then 2 else 1 end
            -- the year before the run is known, and the title is not there
            when counted.kind = 'award' and counted.in_a_row and listed.award_year is not null then 0
            else 1
        end as v
    from counted
    left join listed
        on counted.unit_code = listed.unit_code
        and counted.run_first - 1 = listed.award_year
    left join several on counted.recipient_id = several.recipient_id
),

-- what was deserved once is given once: who has the title since then is asked for new merits
already as (
    select recipient_id, code as award_code, max(event_year) as year
    from {{ ref('fct_recipient_events') }}
    where event_kind in ('award', 'award_told') and withdrawn is null and is_revoked is not true and code in (select award_code from steps)
    group by recipient_id, code
),

answered as (
    select
        judged.recipient_id,
        judged.step_id,
        min(judged.v) as v,
        list_sort(list(judged.state)) as states,
        case when max(already.year) >= max(judged.last_year) then max(already.year) end as had_year
    from judged
    left join already
        on judged.recipient_id = already.recipient_id
        and judged.award_code = already.award_code
    group by judged.recipient_id, judged.step_id
),

-- many recipients are answered in the same words
said as (
    select
        ways.step_id,
        ways.states,
        ways.had_year,
        {{ told_together("case when needs.kind <> 'ask' and ways.state.found >= needs.times then needs.words_vi || ' (đến năm ' || ways.state.last_year || ')' end", 'needs.need_no') }} as met_vi,
        {{ told_together("case when needs.kind <> 'ask' and ways.state.found < needs.times then needs.words_vi || ' (mới thấy ' || ways.state.found || ' trong ' || needs.times || ')' end", 'needs.need_no') }}
            as lacks_vi,
        {{ told_together("needs.ask_vi", 'needs.need_no') }} as asks_vi
    from (
        select step_id, states, had_year, unnest(states) as state
        from (select distinct step_id, states, had_year from answered)
    ) as ways
    inner join {{ ref('stg_ref__award_needs') }} as needs
        on ways.step_id = needs.step_id
        and ways.state.need_no = needs.need_no
    group by ways.step_id, ways.states, ways.had_year
)

select
    answered.recipient_id,
    answered.step_id,
    steps.award_code,
    steps.award_vi,
    case when answered.v = 0 then 'lacks' when answered.v = 1 or answered.had_year is not null then 'unknown' else 'can' end as verdict,
    said.met_vi,
    said.lacks_vi,
    nullif(concat_ws(
        '; ', said.asks_vi,
        'từ năm ' || answered.had_year || ' đã có ' || steps.award_vi || ': sau đó có thành tích mới không'
    ), '') as asks_vi,
    steps.law_vi,
    steps.clause_vi,
    steps.is_only_way
from answered
inner join steps on answered.step_id = steps.step_id
inner join said
    on answered.step_id = said.step_id
    and answered.states = said.states
    and answered.had_year is not distinct from said.had_year
