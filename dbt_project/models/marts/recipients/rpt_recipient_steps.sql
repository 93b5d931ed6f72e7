-- Grain: one row per recipient and step of a ladder of the law in force of which the recipient has something: what makes the
-- next title possible, what lacks, what has to be asked. Blocks nothing. Three-valued: can, lacks, unknown.
{{ config(meta={'by': 'recipient', 'of_its_unit': ['int_award_counts']}) }}
with {{ words_of('step_detail', ['met', 'short', 'since']) }},

steps as (
    -- numbers stand for ids: there are as many rows below as everyone's years of everything a step asks
    select *, dense_rank() over (order by step_id) as step_no
    from {{ ref('int_award_steps') }}
),

-- a step may be one of persons and of collectives
titles as (
    select distinct step_no, step_id, award_code, award_vi, law_vi, clause_vi, is_only_way from steps
),

needs as (
    select
        needs.*,
        titles.step_no,
        row_number() over (order by needs.step_id, needs.need_no) as need_key
    from {{ ref('stg_ref__award_needs') }} as needs
    inner join titles on needs.step_id = titles.step_id
),

held as (
    select distinct
        events.recipient_id,
        needs.need_key,
        needs.in_a_row,
        events.event_year
    from {{ ref('fct_recipient_events') }} as events
    inner join {{ ref('stg_ref__award_need_codes') }} as codes on events.code = codes.code
    inner join needs
        on codes.step_id = needs.step_id
        and codes.need_no = needs.need_no
    where events.event_kind in ('award', 'award_told', 'rating') and events.event_year is not null and events.withdrawn is null
        and events.is_revoked is not true
),

runs as (
    select
        recipient_id,
        need_key,
        count(*) as years,
        min(event_year) as first_year,
        max(event_year) as last_year
    from (
        select
            *,
            -- years on end have one number
            event_year - row_number() over (partition by recipient_id, need_key order by event_year) as run
        from held
        where in_a_row
    ) as numbered
    group by recipient_id, need_key, run
),

seen as (
    -- the last run
    select
        recipient_id,
        need_key,
        max_by(years, last_year)::integer as found,
        max_by(first_year, last_year)::integer as run_first,
        max(last_year) as last_year
    from runs
    group by recipient_id, need_key

    union all

    select recipient_id, need_key, count(*)::integer, null, max(event_year)
    from held
    where not in_a_row
    group by recipient_id, need_key
),

-- years of which the unit's lists tell
listed as (
    select distinct unit_code, award_year from {{ ref('int_award_counts') }} where award_year is not null
),

several as (
    select recipient_id from {{ ref('dim_recipient_keys') }} group by recipient_id having max(greatest(positions, births)) > 1
),

judged as (
    select
        recipients.recipient_id,
        steps.step_no,
        steps.award_code,
        steps.needs,
        needs.need_no,
        seen.last_year,
        -- what the words of a need hang on: the last year where it is met, how often it was seen where it is not
        case when seen.found >= needs.times then seen.last_year else -seen.found end as state,
        case
            when seen.found >= needs.times then case when several.recipient_id is null and recipients.basis <> 'unit' then 2 else 1 end
            -- the year before the run is known, and the title is not there
            when needs.kind = 'award' and needs.in_a_row and listed.award_year is not null then 0
            else 1
        end as v
    from seen
    inner join needs on seen.need_key = needs.need_key
    inner join {{ ref('dim_recipients') }} as recipients on seen.recipient_id = recipients.recipient_id
    inner join steps
        on needs.step_no = steps.step_no
        and recipients.recipient_kind = steps.recipient_kind
    left join listed
        on recipients.unit_code = listed.unit_code
        and seen.run_first - 1 = listed.award_year
    left join several on seen.recipient_id = several.recipient_id
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
        judged.step_no,
        -- a need of which nothing was seen, or that has to be asked, is open
        least(min(judged.v), case when count(*) < min(judged.needs) then 1 else 2 end) as v,
        -- one state a need, at the place of its number
        concat_ws(
            '|'
            {%- for need in range(1, 7) %},
            coalesce(max(case when judged.need_no = {{ need }} then judged.state end)::varchar, '')
            {%- endfor %}
        ) as states,
        case when max(already.year) >= max(judged.last_year) then max(already.year) end as had_year
    from judged
    left join already
        on judged.recipient_id = already.recipient_id
        and judged.award_code = already.award_code
    group by judged.recipient_id, judged.step_no
),

-- many recipients are answered in the same words
ways as (
    select
        asked.step_no,
        asked.states,
        asked.had_year,
        needs.need_no,
        needs.words_vi,
        needs.ask_vi,
        needs.times,
        case
            when needs.kind <> 'ask' then coalesce(nullif(split_part(asked.states, '|', needs.need_no::integer), '')::integer, 0)
        end as state
    from (select distinct step_no, states, had_year from answered) as asked
    inner join needs on asked.step_no = needs.step_no
),

said as (
    select
        step_no,
        states,
        had_year,
        {{ told_together("case when state > 0 then replace(replace(words.met, '{what}', words_vi), '{year}', state::varchar) end", 'need_no') }}
            as met_vi,
        {{ told_together(
            "case when state <= 0 then replace(replace(replace(words.short, '{what}', words_vi), '{seen}', (-state)::varchar), '{times}', times::varchar) end",
            'need_no'
        ) }} as lacks_vi,
        {{ told_together("ask_vi", 'need_no') }} as asks_vi
    from ways
    cross join words
    group by step_no, states, had_year
)

select
    answered.recipient_id,
    titles.step_id,
    titles.award_code,
    titles.award_vi,
    case when answered.v = 0 then 'lacks' when answered.v = 1 or answered.had_year is not null then 'unknown' else 'can' end as verdict,
    said.met_vi,
    said.lacks_vi,
    nullif(concat_ws(
        '; ', said.asks_vi, replace(replace(words.since, '{year}', answered.had_year::varchar), '{award}', titles.award_vi)
    ), '') as asks_vi,
    titles.law_vi,
    titles.clause_vi,
    titles.is_only_way
from answered
inner join titles on answered.step_no = titles.step_no
inner join said
    on answered.step_no = said.step_no
    and answered.states = said.states
    and answered.had_year is not distinct from said.had_year
cross join words
