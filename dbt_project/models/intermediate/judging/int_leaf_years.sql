-- Grain: one row per subject and leaf about ratings, awards and yearly figures of which something was sent.
with asked as (
    select
        *,
        last_year - first_year + 1 as span,
        case when op like 'rating%' then 'rating' when op like 'award%' then 'award' else field end as fact
    from {{ ref('int_leaves') }}
    where op like 'rating%' or op like 'award%'
        or op in ('years_given', 'distinct_years', 'num_all_years', 'gt_field_all_years', 'docs_all_years')
),

codes as (
    select
        listed.leaf_no,
        list(listed.value) as codes,
        bool_and({{ is_no_award('awards.kind') }}) as are_no_awards
    from {{ ref('stg_ref__leaf_values') }} as listed
    left join {{ ref('stg_ref__awards') }} as awards on listed.value = awards.award_code
    where listed.kind = 'code'
    group by listed.leaf_no
),

needs as (
    select
        leaf_no,
        bool_or(value = 'decision_no') as needs_no,
        bool_or(value = 'day') as needs_day
    from {{ ref('stg_ref__leaf_values') }}
    where kind = 'need'
    group by leaf_no
),

told as materialized (
    -- what was told of each leaf, before anything is looked up for it
    select asked.*, facts.* exclude (subject_no, class_no, field, of, scale)
    from asked
    inner join {{ ref('int_facts') }} as facts
        on asked.subject_no = facts.subject_no
        and asked.of = facts.of
        and asked.fact = facts.field
        and (asked.scale is null or facts.scale is null or facts.scale = asked.scale)
),

met as (
    select
        told.* exclude (is_partial),
        case
            when told.date_field = 'award.decision_date' then told.decision_year
            when told.op in ('award_listed', 'awards_in_window') then coalesce(told.decision_year, told.year)
            when told.fact = 'award' then coalesce(told.year, told.decision_year)
            else told.year
        end as at_year,
        other.number as other_number,
        codes.codes is null
        or list_contains(codes.codes, told.code)
        or (list_contains(codes.codes, '*') and not {{ is_no_award('awards.kind') }} and not {{ is_denial('told') }}) as is_of_codes,
        coalesce(told.is_partial, false) as is_partial,
        -- a list of awards says which there were; of recognitions (văn hóa, nông thôn mới) it says only those it names
        not ({{ is_no_award('awards.kind') }} or {{ is_denial('told') }} or coalesce(codes.are_no_awards, false)) as is_of_whole_list,
        coalesce(codes.are_no_awards, false) as asks_recognition,
        -- that one title was not won says nothing of others; that no award was won nothing of recognitions
        {{ is_denial('told') }} and case
            when told.code like 'false:%' then coalesce(list_contains(codes.codes, split_part(told.code, ':', 2)), false)
            else not coalesce(codes.are_no_awards, false)
        end as is_denial,
        (not coalesce(needs.needs_no, false) or told.decision_no is not null)
        and (not coalesce(needs.needs_day, false) or told.day is not null) as has_needs,
        coalesce(told.decision_no, '') || '|' || coalesce(told.day::varchar, told.year::varchar, '')
        || '|' || coalesce(told.code, told.text, '') as event
    from told
    left join codes on told.leaf_no = codes.leaf_no
    left join {{ ref('stg_ref__awards') }} as awards on told.fact = 'award' and told.code = awards.award_code
    left join needs on told.leaf_no = needs.leaf_no
    left join {{ ref('int_facts') }} as other
        on told.op = 'gt_field_all_years'
        and other.subject_no = told.subject_no
        and other.field = told.other
        and other.of = told.of
        and other.year = told.year
),

judged as (
    select
        *,
        at_year between first_year and last_year
        and (last_day is null or day is null or day <= last_day) as is_in_window,
        case
            when op like 'rating%' then rank is not null
            when op = 'gt_field_all_years' then number is not null and other_number is not null
            when op = 'num_all_years' then number is not null
            when field = 'rating' then rank is not null
            else true
        end as is_known,
        case
            when op like 'rating%' then rank >= min_rank
            when op = 'gt_field_all_years' then number > other_number
            when op = 'num_all_years' then
                number >= coalesce(min_value, number) and number > coalesce(min_exclusive, number - 1)
                and number <= coalesce(max_value, number)
            when op = 'award_all_years' then is_of_codes and code is distinct from 'false'
            when op = 'award_count' then not is_denial
            else true
        end as is_good
    from met
),

-- year by year, then event by event: what is told twice counts once
years as (
    select
        subject_no,
        leaf_no,
        at_year,
        bool_or(is_known and is_in_window) as is_known,
        bool_or(is_good and is_known) as is_named,
        bool_or(is_good and is_known and is_in_window) as is_good,
        bool_or(is_good and is_known and is_of_codes and is_in_window) as is_coded,
        bool_or(not is_good and is_known and is_in_window) as is_bad,
        bool_or(is_denial and is_in_window) as is_denied,
        count(*) filter (
            where not is_partial and (is_of_codes or is_of_whole_list or is_denial and at_year is null)
        ) as given,
        count(*) filter (where is_of_codes and not has_needs) as incomplete,
        count(*) filter (where day is not null and not is_in_window) as outside,
        bool_or(asks_recognition) as asks_recognition
    from judged
    group by subject_no, leaf_no, at_year
),

by_year as (
    select
        subject_no,
        leaf_no,
        count(*) filter (where is_known) as known_years,
        count(at_year) filter (where is_named) as named_years,
        count(*) filter (where is_good) as good_years,
        count(*) filter (where is_coded) as coded_years,
        count(*) filter (where is_denied) as denied_years,
        -- a year said not to have brought the title is told all the same
        count(*) filter (where is_coded or is_denied) as told_years,
        list(at_year) filter (where is_coded) as good_list,
        list(at_year) filter (where is_bad) as bad_list,
        sum(given) as given,
        sum(incomplete) as incomplete,
        sum(outside) as outside,
        bool_or(asks_recognition) as asks_recognition
    from years
    group by subject_no, leaf_no
),

events as (
    select
        subject_no,
        leaf_no,
        event,
        bool_or(has_needs) as is_listed,
        bool_or(has_needs and is_in_window) as is_listed_in_window,
        bool_or(is_in_window) as is_in_window,
        bool_or(at_year is null) as is_undated
    from judged
    where op like 'award%' and is_of_codes
    group by subject_no, leaf_no, event
),

by_event as (
    select
        subject_no,
        leaf_no,
        count(*) as of_codes,
        count(*) filter (where is_in_window) as in_window,
        count(*) filter (where is_listed) as listed,
        count(*) filter (where is_listed_in_window) as listed_in_window,
        count(*) filter (where is_undated) as undated
    from events
    group by subject_no, leaf_no
),

counted as (
    select
        asked.*,
        by_year.* exclude (subject_no, leaf_no),
        {% for number in ['of_codes', 'in_window', 'listed', 'listed_in_window', 'undated'] %}
        coalesce(by_event.{{ number }}, 0) as {{ number }}{{ "," if not loop.last }}
        {% endfor %}
    from by_year
    inner join asked on by_year.subject_no = asked.subject_no and by_year.leaf_no = asked.leaf_no
    left join by_event on by_year.subject_no = by_event.subject_no and by_year.leaf_no = by_event.leaf_no
)

select
    subject_no,
    leaf_no,
    case
        when op = 'rating_named' then {{ two_valued('named_years >= min_value') }}
        when op in ('years_given', 'distinct_years') and has_window and span is null then 1
        when op = 'years_given' then {{ two_valued('told_years >= span') }}
        when op = 'distinct_years' then {{ two_valued('known_years >= min_value') }}
        when op = 'award_listed' then {{ two_valued('case when has_window then listed_in_window else listed end > 0') }}
        when op = 'awards_complete' then {{ two_valued('incomplete = 0') }}
        when op = 'awards_in_window' then {{ two_valued('outside = 0') }}
        when has_window and (span is null or span <= 0) then 1
        when op = 'award_count' and coalesce(consecutive, false) then
            case
                when {{ longest_run('good_list') }} >= min_value then 2
                when given = 0 and coalesce(denied_years < span, true) or undated > 0 then 1
                -- a year of which nothing is told may have brought the recognition
                when asks_recognition and {{ longest_run(years_not_in('bad_list')) }} >= min_value then 1
                else 0
            end
        when op = 'award_count' then
            case
                when case when has_window then in_window else of_codes end >= min_value then 2
                -- nothing about awards was sent, or some decision has no date: not known
                when given = 0 and coalesce(denied_years < span, true) or (has_window and in_window + undated >= min_value) then 1
                else 0
            end
        when op = 'award_all_years' then {{ kleene('coded_years = span', 'denied_years > 0') }}
        when op = 'rating_count_years' and coalesce(consecutive, false) then
            case
                when {{ longest_run('good_list') }} >= min_value then 2
                when coalesce(closed, false) then 0
                when {{ longest_run(years_not_in('bad_list')) }} >= min_value then 1
                else 0
            end
        when op = 'rating_count_years' then
            case
                when good_years >= min_value then 2
                when good_years + (span - known_years) >= min_value then 1
                else 0
            end
        when op in ('rating_all_years', 'rating_year', 'num_all_years', 'gt_field_all_years') then
            case when len(bad_list) > 0 then 0 when known_years < span then 1 else 2 end
        when op = 'docs_all_years' then {{ kleene('known_years >= span', 'false') }}
    end as v
from counted

union all

-- years of a phase that the form does not say: not known
select subject_no, leaf_no, 1
from asked
where op = 'years_given'
    and has_window
    and first_year is null
    and (subject_no, leaf_no) not in (select (subject_no, leaf_no) from counted)
