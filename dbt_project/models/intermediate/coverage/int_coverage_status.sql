-- Grain: one row per cell and unit expected, with its status tonight and what it comes from.
{% set kinds = ['collectives', 'individuals', 'households', 'any'] %}
with reached as (
    select
        cells.programme_id,
        cells.cell_id,
        cells.stage,
        cells.period,
        cells.test,
        cells.is_optional,
        cells.counts_nominees,
        cells.requirements,
        expected.unit_code,
        expected.is_placeholder,
        expected.is_usual,
        expected.deadline_of_unit as deadline,
        expected.deadline_of_unit - cells.days_before as last_day_on_time,
        expected.ended_on,
        coalesce(expected.deadline_of_unit, cells.due_on) <= night.as_of as is_due,
        {% for kind in kinds %}
        expected.{{ kind }}_required,
        case when cells.counts_nominees then coalesce(tallies.{{ kind }}_counted, 0) end::integer as {{ kind }}_counted,
        {% endfor %}
        coalesce(
            expected.collectives_required, expected.individuals_required,
            expected.households_required, expected.any_required
        ) is not null as has_numbers,
        tallies.first_received_on,
        case when cells.test = 'conference' then tallies.happened_on else tallies.first_received_on end as came_on,
        coalesce(tallies.pieces, 0) as pieces,
        coalesce(tallies.pieces_to_mend, 0) as pieces_to_mend,
        coalesce(tallies.has_blocked, false) as has_blocked,
        coalesce(tallies.requirements_met, 0) as requirements_met,
        coalesce(caps.meets_conditions, true) as meets_conditions,
        -- the day on which what stands now was enough
        case
            when cells.test = 'conference' then tallies.happened_on
            when not cells.counts_nominees then tallies.met_on
            when cells.test in ('goal_and_solution', 'mau_04', 'cap_use') then tallies.last_received_on
            else greatest(
                tallies.collectives_reached_on, tallies.individuals_reached_on,
                tallies.households_reached_on, tallies.any_reached_on
            )
        end as reached_on
    from {{ ref('stg_ref__coverage_expected') }} as expected
    inner join {{ ref('int_coverage_cells') }} as cells on expected.cell_id = cells.cell_id
    cross join {{ ref('stg_meta__night') }} as night
    left join {{ ref('int_coverage_tallies') }} as tallies
        on expected.cell_id = tallies.cell_id
        and expected.unit_code = tallies.unit_code
    left join {{ ref('int_coverage_caps') }} as caps
        on expected.cell_id = caps.cell_id
        and expected.unit_code = caps.unit_code
),

judged as (
    select
        *,
        pieces > 0 and case test
            when 'goal_and_solution' then pieces_to_mend = 0
            when 'mau_04' then any_counted = any_required and pieces_to_mend = 0
            when 'cap_use' then
                not has_blocked and meets_conditions and pieces_to_mend = 0
                {% for kind in kinds %}
                and {{ kind }}_counted <= coalesce({{ kind }}_required, {{ kind }}_counted)
                {% endfor %}
            else
                case
                    when counts_nominees then
                        has_numbers
                        {% for kind in kinds %}
                        and {{ kind }}_counted >= coalesce({{ kind }}_required, 0)
                        {% endfor %}
                    else requirements > 0 and requirements_met = requirements
                end
        end as is_covered
    from reached
)

select
    *,
    case
        when is_covered then 'covered'
        when not is_due or (is_optional and pieces = 0) then 'not_due'
        when pieces > 0 then 'partial'
        else 'none'
    end as status,
    -- late is what came late; what came in time and was not whole then is not
    case
        when pieces = 0 or last_day_on_time is null or came_on is null then null
        when came_on > last_day_on_time then 'late'
        when is_covered and reached_on <= last_day_on_time then 'in_time'
        when is_covered then 'filled_late'
        when is_due then 'short_in_time'
    end as timing,
    case
        when last_day_on_time is null then null
        when is_covered then reached_on <= last_day_on_time
        when is_due and not (is_optional and pieces = 0) then false
    end as on_time
from judged
