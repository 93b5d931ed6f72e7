-- Grain: one row per subject and leaf about ratings, awards and yearly figures of which something was sent.
with asked as (
    select *, last_year - first_year + 1 as span
    from {{ ref('int_leaves') }}
    where op like 'rating%' or op like 'award%'
        or op in ('years_given', 'distinct_years', 'num_all_years', 'gt_field_all_years', 'docs_all_years')
),

codes as (
    select
        listed.node_no,
        list(listed.value) as codes,
        bool_and({{ is_no_award('awards.kind') }}) as are_no_awards
    from {{ ref('stg_ref__rule_values') }} as listed
    left join {{ ref('stg_ref__awards') }} as awards on listed.value = awards.award_code
    where listed.kind = 'code'
    group by listed.node_no
),

needs as (
    select
        node_no,
        bool_or(value = 'decision_no') as needs_no,
        bool_or(value = 'day') as needs_day
    from {{ ref('stg_ref__rule_values') }}
    where kind = 'need'
    group by node_no
),

met as (
    select
        asked.*,
        true as is_given,
        facts.slug,
        case
            when asked.date_field = 'award.decision_date' then facts.decision_year
            when asked.op in ('award_listed', 'awards_in_window') then coalesce(facts.decision_year, facts.year)
            when facts.field = 'award' then coalesce(facts.year, facts.decision_year)
            else facts.year
        end as at_year,
        facts.day,
        facts.rank,
        facts.number,
        facts.code,
        other.number as other_number,
        codes.codes is null
        or list_contains(codes.codes, facts.code)
        or (list_contains(codes.codes, '*') and not {{ is_no_award('awards.kind') }} and not {{ is_denial('facts') }}) as is_of_codes,
        coalesce(facts.is_partial, false) as is_partial,
        -- a list of awards says which there were; of recognitions (văn hóa, nông thôn mới) it says only those it names
        not ({{ is_no_award('awards.kind') }} or {{ is_denial('facts') }} or coalesce(codes.are_no_awards, false)) as is_of_whole_list,
        coalesce(codes.are_no_awards, false) as asks_recognition,
        -- that one title was not won says nothing of others; that no award was won nothing of recognitions
        {{ is_denial('facts') }} and case
            when facts.code like 'false:%' then coalesce(list_contains(codes.codes, split_part(facts.code, ':', 2)), false)
            else not coalesce(codes.are_no_awards, false)
        end as is_denial,
        (not coalesce(needs.needs_no, false) or facts.decision_no is not null)
        and (not coalesce(needs.needs_day, false) or facts.day is not null) as has_needs,
        coalesce(facts.decision_no, '') || '|' || coalesce(facts.day::varchar, facts.year::varchar, '')
        || '|' || coalesce(facts.code, facts.text, '') as event
    from asked
    inner join {{ ref('int_facts') }} as facts
        on asked.subject_no = facts.subject_no
        and facts.of = asked.of
        and facts.field = case
            when asked.op like 'rating%' then 'rating' when asked.op like 'award%' then 'award' else asked.field
        end
        and (asked.scale is null or facts.scale is null or facts.scale = asked.scale)
    left join codes on asked.node_no = codes.node_no
    left join {{ ref('stg_ref__awards') }} as awards on facts.field = 'award' and facts.code = awards.award_code
    left join needs on asked.node_no = needs.node_no
    left join {{ ref('int_facts') }} as other
        on asked.op = 'gt_field_all_years'
        and other.subject_no = asked.subject_no
        and other.field = asked.other
        and other.of = asked.of
        and other.year = facts.year
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

counted as (
    select
        subject_no,
        node_no,
        any_value(op) as op,
        any_value(span) as span,
        any_value(has_window) as has_window,
        any_value(first_year) as first_year,
        any_value(min_value) as min_value,
        any_value(consecutive) as consecutive,
        any_value(closed) as closed,
        any_value(asks_recognition) as asks_recognition,
        any_value(last_year) as last_year,
        count(*) filter (
            where not is_partial and (is_of_codes or is_of_whole_list or is_denial and at_year is null)
        ) as given,
        count(distinct at_year) filter (
            where is_given and is_in_window and is_denial
        ) as denied_years,
        count(distinct at_year) filter (where is_given and is_known and is_in_window) as known_years,
        count(distinct at_year) filter (where is_given and is_good and is_known and is_in_window) as good_years,
        count(distinct at_year) filter (where is_given and is_good and is_known and is_of_codes and is_in_window)
            as coded_years,
        -- a year said not to have brought the title is told all the same
        count(distinct at_year) filter (
            where is_given and is_in_window and (is_good and is_known and is_of_codes or is_denial)
        ) as told_years,
        list(distinct at_year) filter (where is_given and is_good and is_known and is_of_codes and is_in_window)
            as good_list,
        list(distinct at_year) filter (where is_given and is_known and not is_good and is_in_window) as bad_list,
        count(distinct at_year) filter (where is_given and is_good and is_known) as named_years,
        count(distinct event) filter (where is_given and is_of_codes and has_needs) as listed,
        count(distinct event) filter (where is_given and is_of_codes and has_needs and is_in_window) as listed_in_window,
        count(distinct event) filter (where is_given and is_of_codes) as of_codes,
        count(distinct event) filter (where is_given and is_of_codes and is_in_window) as in_window,
        count(distinct event) filter (where is_given and is_of_codes and at_year is null) as undated,
        count(*) filter (where is_given and is_of_codes and not has_needs) as incomplete,
        count(*) filter (where is_given and day is not null and not is_in_window) as outside
    from judged
    group by subject_no, node_no
)

select
    subject_no,
    node_no,
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
select subject_no, node_no, 1
from {{ ref('int_leaves') }} as asked
where op = 'years_given'
    and has_window
    and first_year is null
    and not exists (
        select 1
        from {{ ref('int_facts') }} as facts
        where facts.subject_no = asked.subject_no and facts.field = asked.field and facts.of = asked.of
    )
