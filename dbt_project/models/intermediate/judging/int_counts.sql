-- Grain: one row per unit, quantity rule, period and quota that binds the unit: how many it named, of how many.
-- Whoever's kind or field is not said may count: what depends on them stays unknown; of a share, whoever's class.
{% set of_share %}(
            (quotas.of_leaders and tallies.is_leader)
            or (quotas.of_direct and tallies.is_direct)
            or (quotas.of_groups and case
                when tallies.subject_group is not null then list_contains(quotas.share_of, tallies.subject_group)
            end)
        ){% endset %}
with judged as (
    -- one form stands for all a rule counts: a finding keeps its id whichever of them came last
    select forms.rule_id, min(named.family) as form_id
    from {{ ref('stg_ref__rule_forms') }} as forms
    inner join (
        select distinct rule_id, programme_id from {{ ref('stg_ref__rule_counts') }}
    ) as rules on forms.rule_id = rules.rule_id
    inner join {{ ref('stg_ref__nomination_forms') }} as named
        on forms.value = named.form_id
        and rules.programme_id = named.programme_id
    where forms.role = 'counted'
    group by forms.rule_id
),

-- the class of a row: of a list of proposals, or of another form with such a column
said as (
    select record_id, object_class from {{ ref('int_listed_awards') }}
    union all
    select record_id, value_code from {{ ref('stg_raw__field_values') }} where field = 'object_class'
),

-- leaders and those who work directly
classed as (
    select
        said.record_id,
        bool_or(classes.is_leader) as is_leader,
        bool_or(classes.is_direct) as is_direct
    from said
    inner join {{ ref('int_nominations') }} as nominations on said.record_id = nominations.record_id
    inner join {{ ref('stg_ref__object_classes') }} as classes
        on said.object_class = classes.object_class
        and nominations.recipient_kind = classes.recipient_kind
    group by all
),

named as (
    select
        rules.rule_id,
        rules.per,
        rules.year as rule_year,
        classed.is_leader,
        classed.is_direct,
        levels.record_id is null as is_of_level,
        nominations.* replace (
            case
                when nominations.recipient_kind = 'gia_dinh' and rules.households_count then 'ca_nhan'
                else nominations.recipient_kind
            end as recipient_kind
        )
    from {{ ref('stg_ref__rule_counts') }} as rules
    inner join {{ ref('stg_ref__rule_forms') }} as forms
        on rules.rule_id = forms.rule_id
        and forms.role = 'counted'
    inner join {{ ref('int_nominations') }} as nominations
        on rules.programme_id = nominations.programme_id
        and forms.value = nominations.form_id
    inner join {{ ref('stg_ref__nomination_forms') }} as own_forms
        on nominations.programme_id = own_forms.programme_id
        and nominations.form_id = own_forms.form_id
        -- a list of proposals names no year: it is of the year in which it came
        and (
            rules.year is null
            or rules.year = case
                when rules.per in ('half', 'quarter') then year(nominations.received_on)
                else coalesce(
                    nominations.year,
                    case when own_forms.records = 'award_rows' then year(nominations.received_on) end
                )
            end
        )
    left join classed on nominations.record_id = classed.record_id
    -- of a phase only the district's own level is asked (POL-CB-LEVEL)
    left join {{ ref('int_grassroots_models') }} as levels
        on rules.per = 'phase'
        and nominations.record_id = levels.record_id
),

counted as (
    select
        named.rule_id,
        case named.per
            when 'year' then named.rule_year::varchar
            when 'half' then named.rule_year || '-H' || (case when month(named.received_on) <= 6 then 1 else 2 end)
            when 'quarter' then named.rule_year || '-Q' || quarter(named.received_on)
            when 'phase' then case
                when {{ policy('POL-CB-BASIS') }} = '"per_phase"' then phases.phase_id else named.programme_id
            end
            else named.programme_id
        end as period,
        null::varchar as field_id,
        named.programme_id,
        named.unit_code,
        named.nomination_id as who,
        named.is_of_level as is_of_field,
        named.recipient_kind,
        named.subject_group,
        named.is_leader,
        named.is_direct,
        named.received_on,
        named.submission_id,
        named.source_file
    from named
    left join {{ ref('int_nomination_phases') }} as phases
        on named.per = 'phase'
        and named.nomination_id = phases.nomination_id
    where named.per <> 'field_year' and (named.per <> 'phase' or phases.phase_id is not null)

    union all

    -- a field and year: the lead agency's list, with the rows of others that count for it
    select
        named.rule_id,
        cells.field_id || ' ' || cells.period,
        cells.field_id,
        expected.programme_id,
        expected.unit_code,
        concat_ws('|', named.name_key, named.recipient_kind),
        -- unknown where the row names no field: CP-HCM-LINHVUC asks
        named.field_id = cells.field_id,
        named.recipient_kind,
        null,
        null,
        null,
        named.received_on,
        named.submission_id,
        named.source_file
    from {{ ref('stg_ref__coverage_cells') }} as cells
    inner join {{ ref('stg_ref__coverage_expected') }} as expected on cells.cell_id = expected.cell_id
    inner join {{ ref('stg_ref__coverage_counted_units') }} as counted_units
        on expected.cell_id = counted_units.cell_id
        and expected.unit_code = counted_units.unit_code
    inner join named
        on cells.programme_id = named.programme_id
        and cells.year = named.rule_year
        and counted_units.counted_unit_code = named.unit_code
        and (named.field_id = cells.field_id or named.unit_code = expected.unit_code)
    where named.per = 'field_year' and cells.field_id is not null
),

-- what a unit named is counted for whoever stands for it at the end of the period
stood as (
    select counted.* replace (coalesce(standings.standing_code, counted.unit_code) as unit_code)
    from counted
    cross join {{ ref('stg_meta__night') }} as night
    left join {{ ref('stg_ref__phases') }} as phases
        on counted.programme_id = phases.programme_id
        and counted.period = phases.phase_id
    left join {{ ref('stg_ref__unit_standings') }} as standings
        on counted.field_id is null
        and counted.unit_code = standings.unit_code
        and least(
            night.as_of, make_date(coalesce(phases.last_year, try_cast(left(counted.period, 4) as integer)), 12, 31)
        )
        between coalesce(standings.valid_from, date '1900-01-01') and coalesce(standings.valid_to, date '9999-12-31')
),

-- a number over a roll-up counts what all units below send
scoped as (
    select *, 'own' as scope from stood
    union all
    select stood.* replace (rollups.ancestor_code as unit_code), 'rollup'
    from stood
    inner join {{ ref('int_unit_rollups') }} as rollups on stood.unit_code = rollups.unit_code
    where stood.rule_id in (
        select asked.rule_id
        from {{ ref('stg_ref__rule_count_quotas') }} as asked
        inner join {{ ref('stg_ref__quotas') }} as quotas on asked.quota_id = quotas.quota_id
        where quotas.scope = 'rollup'
    )
),

-- how many a unit names in a period, each once
tallies as (
    select
        rule_id,
        period,
        field_id,
        programme_id,
        unit_code,
        scope,
        recipient_kind,
        subject_group,
        is_leader,
        is_direct,
        count(*) as named,
        count(*) filter (where is_of_field) as of_field,
        count(*) filter (where may_be_of_field) as may_be_of_field
    from (
        select
            * exclude (is_of_field, received_on, submission_id, source_file),
            bool_or(is_of_field) as is_of_field,
            bool_or(coalesce(is_of_field, true)) as may_be_of_field
        from scoped
        group by all
    )
    group by all
),

-- the file that came last stands for all
latest as (
    select
        rule_id,
        period,
        programme_id,
        unit_code,
        scope,
        max_by(submission_id, (received_on, source_file)) as submission_id,
        max_by(source_file, (received_on, source_file)) as source_file
    from scoped
    group by all
),

limits as (
    select distinct rule_id, "limit", "max", always, each_kind from {{ ref('stg_ref__rule_counts') }}
),

quotas as (
    select
        * replace (
            from_json(count_kinds, '["VARCHAR"]') as count_kinds,
            from_json(share_of, '["VARCHAR"]') as share_of
        ),
        of_leaders or of_direct or of_groups as is_share
    from {{ ref('stg_ref__quotas') }}
),

groups as (
    select rule_id, list(value order by value) as subject_groups
    from {{ ref('stg_ref__rule_forms') }}
    where role = 'group'
    group by rule_id
),

by_quota as (
    select
        tallies.rule_id,
        tallies.period,
        tallies.programme_id,
        tallies.unit_code,
        tallies.scope,
        limits."limit",
        limits.always,
        limits.each_kind,
        quotas.quota_id,
        quotas.min,
        quotas.max,
        quotas.min_exclusive,
        quotas.is_share,
        quotas.min_percent,
        quotas.max_percent,
        groups.rule_id is not null as asks_for_groups,
        coalesce(sum(tallies.of_field) filter (where list_contains(quotas.count_kinds, tallies.recipient_kind)), 0)::bigint
            as n,
        -- with those whose kind or field is not said
        coalesce(sum(tallies.may_be_of_field) filter (
            where tallies.recipient_kind is null or list_contains(quotas.count_kinds, tallies.recipient_kind)
        ), 0)::bigint as at_most,
        coalesce(sum(tallies.named) filter (
            where list_contains(quotas.count_kinds, tallies.recipient_kind) and {{ of_share }}
        ), 0)::bigint as of_share,
        coalesce(sum(tallies.named) filter (
            where list_contains(quotas.count_kinds, tallies.recipient_kind) and {{ of_share }} is null
        ), 0)::bigint as maybe_of_share,
        greatest(
            coalesce(sum(tallies.named) filter (where tallies.recipient_kind = 'tap_the'), 0),
            coalesce(sum(tallies.named) filter (where tallies.recipient_kind = 'ca_nhan'), 0)
        ) as most_of_a_kind,
        coalesce(sum(tallies.named) filter (where list_contains(groups.subject_groups, tallies.subject_group)), 0)::bigint
            as in_groups,
        coalesce(sum(tallies.named) filter (
            where tallies.subject_group is null and tallies.recipient_kind = 'ca_nhan'
        ), 0) as of_no_group
    from tallies
    inner join limits on tallies.rule_id = limits.rule_id
    inner join {{ ref('stg_ref__rule_count_quotas') }} as asked on tallies.rule_id = asked.rule_id
    inner join {{ ref('stg_ref__quota_units') }} as bound
        on asked.quota_id = bound.quota_id
        and tallies.unit_code = bound.unit_code
    inner join quotas
        on asked.quota_id = quotas.quota_id
        and tallies.scope = quotas.scope
        and (tallies.field_id is null or tallies.field_id = quotas.field_id)
    left join groups on tallies.rule_id = groups.rule_id
    group by all
)

select
    by_quota.rule_id,
    by_quota.period,
    by_quota.programme_id,
    by_quota.unit_code,
    judged.form_id,
    latest.submission_id,
    latest.source_file,
    -- of a condition on groups the quota's own number says nothing
    case when not asks_for_groups then by_quota.quota_id end as quota_id,
    case when asks_for_groups then in_groups when is_share then of_share else n end as n,
    case when is_share then n end as total,
    case
        when is_share then
            case
                -- of nobody there is no share
                when at_most = 0 or case when "limit" = 'max' then max_percent else min_percent end is null then null
                -- whoever's kind is not said may change it
                when at_most > n then 1
                when "limit" = 'max' then
                    case
                        when of_share * 100 > max_percent * n then 0
                        when (of_share + maybe_of_share) * 100 > max_percent * n then 1
                        else 2
                    end
                when (of_share + maybe_of_share) * 100 < min_percent * n then 0
                when of_share * 100 < min_percent * n then 1
                else 2
            end
        -- a condition on some of the persons: at least one of the named groups
        when asks_for_groups then
            case
                when in_groups > 0 then 2
                when n = 0 and not always then null
                -- whoever's group is not said may be of it; CP-LS-DOITUONG asks
                when of_no_group > 0 then 1
                else 0
            end
        when "limit" = 'max' then
            case
                when max is null then null
                when each_kind then {{ two_valued('most_of_a_kind <= max') }}
                when n > max then 0
                when at_most > max then 1
                else 2
            end
        when "limit" = 'exact' then
            case when n > min or at_most < min then 0 when n = min and at_most = min then 2 else 1 end
        when min is null then null
        when n > min or (n = min and not min_exclusive) then 2
        when at_most > min or (at_most = min and not min_exclusive) then 1
        else 0
    end as v
from by_quota
inner join judged on by_quota.rule_id = judged.rule_id
inner join latest
    on by_quota.rule_id = latest.rule_id
    and by_quota.period = latest.period
    and by_quota.programme_id = latest.programme_id
    and by_quota.unit_code = latest.unit_code
    and by_quota.scope = latest.scope

union all

-- a rule with a number of its own and no quota: nominations of some kinds at all
select
    tallies.rule_id,
    tallies.period,
    tallies.programme_id,
    tallies.unit_code,
    judged.form_id,
    latest.submission_id,
    latest.source_file,
    null,
    coalesce(sum(tallies.named) filter (where kinds.value is not null), 0)::bigint as n,
    null::bigint,
    {{ two_valued('n <= min(limits.max)') }}
from tallies
inner join judged on tallies.rule_id = judged.rule_id
inner join limits on tallies.rule_id = limits.rule_id and limits.max is not null
inner join latest
    on tallies.rule_id = latest.rule_id
    and tallies.period = latest.period
    and tallies.programme_id = latest.programme_id
    and tallies.unit_code = latest.unit_code
    and tallies.scope = latest.scope
left join {{ ref('stg_ref__rule_forms') }} as kinds
    on tallies.rule_id = kinds.rule_id
    and kinds.role = 'kind'
    and tallies.recipient_kind = kinds.value
where tallies.scope = 'own'
group by tallies.rule_id, tallies.period, tallies.programme_id, tallies.unit_code, judged.form_id, latest.submission_id,
    latest.source_file
