-- Grain: one row per subject and leaf about figures that must grow or fall from year to year.
with asked as (
    select *
    from {{ ref('int_leaves') }}
    where op in ('growth_all_years', 'decrease_all_years')
),

fields as (
    select asked.subject_no, asked.leaf_no, coalesce(listed.value, asked.field) as field
    from asked
    left join {{ ref('stg_ref__leaf_values') }} as listed
        on asked.leaf_no = listed.leaf_no
        and listed.kind = 'field'
),

years as (
    select
        asked.subject_no,
        asked.leaf_no,
        asked.op,
        asked.min_exclusive,
        asked.first_year,
        asked.last_year,
        fields.field,
        facts.year,
        facts.number,
        lag(facts.number) over of_field as before,
        lag(facts.year) over of_field as year_before
    from asked
    inner join fields on asked.subject_no = fields.subject_no and asked.leaf_no = fields.leaf_no
    left join {{ ref('int_facts') }} as facts
        on asked.subject_no = facts.subject_no
        and fields.field = facts.field
        and facts.number is not null
        and facts.year between asked.first_year and asked.last_year
    window of_field as (
        partition by asked.subject_no, asked.leaf_no, fields.field
        order by facts.year
    )
),

steps as (
    select
        subject_no,
        leaf_no,
        field,
        any_value(last_year - first_year) as wanted,
        count(*) filter (where year = year_before + 1) as known,
        count(*) filter (
            where year > year_before
                and case op
                    when 'growth_all_years' then number - before <= coalesce(min_exclusive, 0)
                    else number >= before
                end
        ) as broken
    from years
    group by subject_no, leaf_no, field
)

select
    subject_no,
    leaf_no,
    case
        when bool_or(broken > 0) then 0
        when bool_or(wanted is null or wanted < 1 or known < wanted) then 1
        else 2
    end as v
from steps
group by subject_no, leaf_no
