-- Grain: one row per unit, quantity rule, period and quota that binds the unit: how many it named, of how many.
with counted as (
    select
        rules.rule_id,
        rules.per,
        rules.year,
        nominations.programme_id,
        nominations.unit_code,
        case rules.per
            when 'year' then rules.year::varchar
            when 'phase' then case
                when {{ policy('POL-CB-BASIS') }} = '"per_phase"' then phases.phase_id else nominations.programme_id
            end
            else nominations.programme_id
        end as period,
        nominations.nomination_id,
        case
            when nominations.recipient_kind = 'gia_dinh' and rules.households_count then 'ca_nhan'
            else nominations.recipient_kind
        end as recipient_kind,
        groups.value is not null as is_in_groups,
        nominations.subject_group is null as has_no_group,
        nominations.received_on,
        nominations.submission_id,
        nominations.source_file,
        nominations.form_id
    from {{ source('ref', 'rule_counts') }} as rules
    inner join {{ source('ref', 'rule_forms') }} as forms
        on rules.rule_id = forms.rule_id
        and forms.role = 'counted'
    inner join {{ ref('int_nominations') }} as nominations
        on rules.programme_id = nominations.programme_id
        and forms.value = nominations.form_id
        and (rules.year is null or rules.year = nominations.year)
    left join {{ ref('int_nomination_phases') }} as phases
        on rules.per = 'phase'
        and nominations.nomination_id = phases.nomination_id
    left join {{ source('ref', 'rule_forms') }} as groups
        on rules.rule_id = groups.rule_id
        and groups.role = 'group'
        and nominations.subject_group = groups.value
    where rules.per <> 'field_year' and (rules.per <> 'phase' or phases.phase_id is not null)
),

periods as (
    select
        rule_id,
        period,
        programme_id,
        unit_code,
        max_by(submission_id, (received_on, source_file)) as submission_id,
        max_by(source_file, (received_on, source_file)) as source_file,
        max_by(form_id, (received_on, source_file)) as form_id,
        count(distinct nomination_id) as all_kinds,
        count(distinct nomination_id) filter (where recipient_kind = 'tap_the') as collectives,
        count(distinct nomination_id) filter (where recipient_kind = 'ca_nhan') as individuals,
        count(distinct nomination_id) filter (where recipient_kind = 'gia_dinh') as households,
        count(distinct nomination_id) filter (where is_in_groups) as in_groups,
        count(distinct nomination_id) filter (where has_no_group and recipient_kind = 'ca_nhan') as no_group
    from counted
    group by rule_id, period, programme_id, unit_code
),

limits as (
    select distinct rule_id, "limit", "max", always, each_kind from {{ source('ref', 'rule_counts') }}
),

kinds as (
    select quota_id, unnest(from_json(count_kinds, '["VARCHAR"]')) as kind from {{ source('ref', 'quotas') }}
),

by_quota as (
    select
        periods.*,
        limits."limit",
        limits.always,
        limits.each_kind,
        quotas.quota_id,
        quotas.min,
        quotas.max,
        quotas.min_exclusive,
        max(case when kinds.kind = 'tap_the' then periods.collectives else 0 end)
        + max(case when kinds.kind = 'ca_nhan' then periods.individuals else 0 end)
        + max(case when kinds.kind = 'gia_dinh' then periods.households else 0 end) as n,
        greatest(
            max(case when kinds.kind = 'tap_the' then periods.collectives else 0 end),
            max(case when kinds.kind = 'ca_nhan' then periods.individuals else 0 end)
        ) as most_of_a_kind
    from periods
    inner join limits on periods.rule_id = limits.rule_id
    inner join {{ source('ref', 'rule_count_quotas') }} as named on periods.rule_id = named.rule_id
    inner join {{ source('ref', 'quota_units') }} as bound
        on named.quota_id = bound.quota_id
        and periods.unit_code = bound.unit_code
    inner join {{ source('ref', 'quotas') }} as quotas on named.quota_id = quotas.quota_id
    inner join kinds on quotas.quota_id = kinds.quota_id
    group by all
),

grouped as (
    select distinct rule_id from {{ source('ref', 'rule_forms') }} where role = 'group'
)

select
    by_quota.rule_id,
    by_quota.period,
    by_quota.programme_id,
    by_quota.unit_code,
    by_quota.form_id,
    by_quota.submission_id,
    by_quota.source_file,
    by_quota.quota_id,
    by_quota.n,
    case
        -- a condition on some of the persons: at least one of the named groups
        when grouped.rule_id is not null then
            case
                when in_groups > 0 then 2
                when n = 0 and not always then null
                -- whoever's group is not said may be of it; CP-LS-DOITUONG asks
                when no_group > 0 then 1
                else 0
            end
        when "limit" = 'max' and max is null then null
        when "limit" = 'max' then {{ two_valued('case when each_kind then most_of_a_kind else n end <= max') }}
        when "limit" = 'exact' then {{ two_valued('n = min') }}
        when min is null then null
        when min_exclusive then {{ two_valued('n > min') }}
        else {{ two_valued('n >= min') }}
    end as v
from by_quota
left join grouped on by_quota.rule_id = grouped.rule_id

union all

-- a rule with a number of its own and no quota: nominations of some kinds at all
select
    periods.rule_id,
    periods.period,
    periods.programme_id,
    periods.unit_code,
    periods.form_id,
    periods.submission_id,
    periods.source_file,
    null,
    sum(case kinds.value
        when 'tap_the' then collectives when 'ca_nhan' then individuals when 'gia_dinh' then households
    end),
    case when sum(case kinds.value
        when 'tap_the' then collectives when 'ca_nhan' then individuals when 'gia_dinh' then households
    end) <= any_value(limits.max) then 2 else 0 end
from periods
inner join limits on periods.rule_id = limits.rule_id and limits.max is not null
inner join {{ source('ref', 'rule_forms') }} as kinds on periods.rule_id = kinds.rule_id and kinds.role = 'kind'
group by all

union all

-- minima of a field and year: the lead agency with those whose rows count for it
select
    rules.rule_id,
    cells.field_id || ' ' || cells.period,
    expected.programme_id,
    expected.unit_code,
    any_value(nominations.form_id),
    max_by(nominations.submission_id, (nominations.received_on, nominations.source_file)),
    max_by(nominations.source_file, (nominations.received_on, nominations.source_file)),
    null,
    count(distinct (nominations.recipient_kind, nominations.name_key)),
    case
        when count(distinct nominations.name_key) filter (where nominations.recipient_kind = 'tap_the')
            >= coalesce(any_value(expected.collectives_required), 0)
            and count(distinct nominations.name_key) filter (where nominations.recipient_kind = 'ca_nhan')
            >= coalesce(any_value(expected.individuals_required), 0)
            and count(distinct nominations.name_key) filter (where nominations.recipient_kind = 'gia_dinh')
            >= coalesce(any_value(expected.households_required), 0)
            and count(distinct (nominations.recipient_kind, nominations.name_key))
            >= coalesce(any_value(expected.any_required), 0)
            then 2
        else 0
    end
from {{ source('ref', 'rule_counts') }} as rules
inner join {{ source('ref', 'coverage_cells') }} as cells
    on rules.programme_id = cells.programme_id
    and rules.per = 'field_year'
    and rules.year = cells.year
    and cells.field_id is not null
inner join {{ source('ref', 'coverage_expected') }} as expected on cells.cell_id = expected.cell_id
inner join {{ source('ref', 'coverage_counted_units') }} as counted_units
    on expected.cell_id = counted_units.cell_id
    and expected.unit_code = counted_units.unit_code
inner join {{ ref('int_nominations') }} as nominations
    on counted_units.counted_unit_code = nominations.unit_code
    and cells.field_id = nominations.field_id
    and cells.year = nominations.year
    and expected.programme_id = nominations.programme_id
group by rules.rule_id, cells.field_id, cells.period, expected.programme_id, expected.unit_code
