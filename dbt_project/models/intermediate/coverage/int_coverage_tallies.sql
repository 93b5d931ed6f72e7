-- Grain: one row per cell and unit expected that sent something for it: numbers reached, and when.
with kinds as (
    select
        counted.* exclude (recipient_kind),
        -- families are outside the cap, or share that of persons (POL-LS-GIADINH)
        case
            when counted.test = 'cap_use' and counted.recipient_kind = 'gia_dinh'
                and trim({{ policy('POL-LS-GIADINH') }}, '"') = 'counted_in_cap' then 'ca_nhan'
            else counted.recipient_kind
        end as recipient_kind
    from {{ ref('int_coverage_counted') }} as counted
),

nominees as (
    select
        counted.*,
        cells.any_kinds,
        row_number() over (
            partition by counted.cell_id, counted.unit_code, counted.recipient_kind, counted.reason
            order by counted.stands_from
        ) as place_in_kind,
        row_number() over (
            partition by
                counted.cell_id, counted.unit_code, counted.reason,
                coalesce(list_contains(cells.any_kinds, counted.recipient_kind), true)
            order by counted.stands_from
        ) as place_in_any
    from kinds as counted
    inner join {{ ref('int_coverage_cells') }} as cells on counted.cell_id = cells.cell_id
),

of_nominees as (
    select
        nominees.cell_id,
        nominees.unit_code,
        min(nominees.received_on) as first_received_on,
        count(*) filter (where reason <> 'superseded') as pieces,
        count(*) filter (where reason in ('blocked', 'no_name', 'no_kind', 'not_filled')) as pieces_to_mend,
        bool_or(is_blocked and reason <> 'superseded') as has_blocked,
        {% for kind, column in [('tap_the', 'collectives'), ('ca_nhan', 'individuals'), ('gia_dinh', 'households')] %}
        count(*) filter (where reason = 'counted' and recipient_kind = '{{ kind }}') as {{ column }}_counted,
        max(stands_from) filter (
            where reason = 'counted' and recipient_kind = '{{ kind }}'
            and place_in_kind <= expected.{{ column }}_required
        ) as {{ column }}_reached_on,
        {% endfor %}
        count(*) filter (
            where reason = 'counted' and coalesce(list_contains(any_kinds, recipient_kind), true)
        ) as any_counted,
        max(stands_from) filter (
            where reason = 'counted' and coalesce(list_contains(any_kinds, recipient_kind), true)
            and place_in_any <= expected.any_required
        ) as any_reached_on,
        max(stands_from) filter (where reason <> 'superseded') as last_received_on
    from nominees
    inner join {{ ref('stg_ref__coverage_expected') }} as expected
        on nominees.cell_id = expected.cell_id
        and nominees.unit_code = expected.unit_code
    group by nominees.cell_id, nominees.unit_code
),

by_requirement as (
    select
        cell_id,
        unit_code,
        requirement_no,
        min(received_on) filter (where reason not in ('other_title', 'other_period')) as first_received_on,
        count(*) filter (where reason not in ('superseded', 'other_title', 'other_period')) as pieces,
        bool_or(reason = 'counted') as is_met,
        min(received_on) filter (where reason = 'counted' or stood_before) as met_on,
        min(happened_on) filter (where reason = 'counted') as happened_on
    from {{ ref('int_coverage_documents') }}
    group by cell_id, unit_code, requirement_no
),

of_documents as (
    select
        cell_id,
        unit_code,
        min(first_received_on) as first_received_on,
        sum(pieces) as pieces,
        count(*) filter (where is_met) as requirements_met,
        max(met_on) as met_on,
        max(happened_on) as happened_on
    from by_requirement
    group by cell_id, unit_code
)

select * from of_nominees
union all by name
select * from of_documents
