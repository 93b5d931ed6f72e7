{# The counts of mẫu 02 and of what stands beside it, in the order of the marts. #}
{% macro mau_02_measures() -%}
    {{ return([
        'collectives', 'individuals', 'households', 'grassroots_collectives', 'direct_individuals',
        'leader_individuals', 'unknown_class_collectives', 'unknown_class_individuals'
    ]) }}
{%- endmacro %}

{# The counts over award events: each event once, in the column of its recipient kind. #}
{% macro count_measures() -%}
    count(*) filter (where recipient_kind = 'tap_the') as collectives,
    count(*) filter (where recipient_kind = 'ca_nhan') as individuals,
    count(*) filter (where recipient_kind = 'gia_dinh') as households,
    count(*) filter (where recipient_kind = 'tap_the' and is_direct) as grassroots_collectives,
    count(*) filter (where recipient_kind = 'ca_nhan' and is_direct) as direct_individuals,
    count(*) filter (where recipient_kind = 'ca_nhan' and is_leader) as leader_individuals,
    count(*) filter (where recipient_kind = 'tap_the' and is_direct is null) as unknown_class_collectives,
    count(*) filter (where recipient_kind = 'ca_nhan' and is_direct is null) as unknown_class_individuals
{%- endmacro %}

{# The counts added up; a percentage is never added. #}
{% macro sum_measures(source='') -%}
    {% for measure in mau_02_measures() -%}
    sum({{ source ~ '.' if source }}{{ measure }})::bigint as {{ measure }}{{ ", " if not loop.last }}
    {% endfor %}
{%- endmacro %}

{# The units' own counts of a source and those of each roll-up, for each of the columns `by`. #}
{% macro counts_in_scopes(source, by) -%}
    select
        scopes.programme_id,
        scopes.unit_code,
        scopes.scope,
        {% for column in by %}{{ source }}.{{ column }},
        {% endfor %}
        {{ sum_measures(source) }}
    from {{ ref('int_award_scopes') }} as scopes
    inner join {{ source }}
        on scopes.programme_id = {{ source }}.programme_id
        and scopes.member_code = {{ source }}.unit_code
    group by all
{%- endmacro %}

{# 0-100, not rounded; NULL where the denominator is zero or unknown (POL-ZERO-DENOM). #}
{% macro percentage(numerator, denominator) -%}
    100.0::double * {{ numerator }} / nullif({{ denominator }}, 0)
{%- endmacro %}

{# The awarded a share is a share of: all in the row, or without those of unknown class (POL-UNKNOWN-IN-PCT). #}
{% macro awarded(counts, kind) -%}
    ({{ counts }}.{{ kind }} - case
        when {{ policy_is('POL-UNKNOWN-IN-PCT', 'exclude') }}
            then coalesce({{ counts }}.unknown_class_{{ kind }}, 0)
        else 0
    end)
{%- endmacro %}

{# Counts and percentages as the marts show them. `counts` has the measures, `heads` the person-years
   (collectives, individuals). POL-PCT-DENOM decides what the share of direct workers is a share of. #}
{% macro shown_measures(counts, heads) -%}
    {%- set by_unit = policy_is('POL-PCT-DENOM', 'unit_total_of_kind') -%}
    {{ counts }}.collectives,
    {{ counts }}.individuals,
    {{ counts }}.households,
    {{ counts }}.grassroots_collectives,
    {{ percentage(
        counts ~ '.grassroots_collectives',
        'case when ' ~ by_unit ~ ' then ' ~ heads ~ '.collectives else ' ~ awarded(counts, 'collectives') ~ ' end'
    ) }} as grassroots_collectives_pct,
    {{ counts }}.direct_individuals,
    {{ percentage(
        counts ~ '.direct_individuals',
        'case when ' ~ by_unit ~ ' then ' ~ heads ~ '.individuals else ' ~ awarded(counts, 'individuals') ~ ' end'
    ) }} as direct_individuals_pct,
    {{ counts }}.leader_individuals,
    {{ percentage(counts ~ '.leader_individuals', awarded(counts, 'individuals')) }} as leader_individuals_pct,
    {{ counts }}.unknown_class_collectives,
    {{ counts }}.unknown_class_individuals,
    {{ percentage(counts ~ '.collectives', heads ~ '.collectives') }} as award_rate_collectives_pct,
    {{ percentage(counts ~ '.individuals', heads ~ '.individuals') }} as award_rate_individuals_pct,
    {{ heads }}.collectives as unit_collectives,
    {{ heads }}.individuals as unit_individuals
{%- endmacro %}

{# Whether a written percentage is the one found: within a tenth; a cell with the format % holds the share itself. #}
{% macro is_percentage(said, found) -%}
    (abs({{ said }} - coalesce({{ found }}, 0)) <= 0.1 or coalesce(abs(100 * {{ said }} - {{ found }}) <= 0.001, false))
{%- endmacro %}
