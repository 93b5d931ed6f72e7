-- Grain: programme, unit, scope, row of mẫu 02. All 43 rows, zeros included.
{{ config(meta={'by': 'roll_up'}) }}
{% set sources = ['lists', 'agree', 'differ', 'table'] %}
with scopes as (
    select distinct programme_id, unit_code, scope from {{ ref('int_award_scopes') }}
),

added as (
    select
        scopes.programme_id,
        scopes.unit_code,
        scopes.scope,
        own.row_id,
        -- the weakest of the parts: lists, agree, differ, table
        max(list_position({{ sources }}, own.number_source)) as weakest,
        {{ sum_measures('own') }}
    from {{ ref('int_award_scopes') }} as scopes
    inner join {{ ref('int_mau_02_own') }} as own
        on scopes.programme_id = own.programme_id
        and scopes.member_code = own.unit_code
    group by scopes.programme_id, scopes.unit_code, scopes.scope, own.row_id
),

counts as (
    select
        scopes.programme_id,
        scopes.unit_code,
        scopes.scope,
        form_rows.row_id,
        form_rows.row_order,
        form_rows.number,
        form_rows.label,
        form_rows.row_type,
        {% for measure in mau_02_measures() -%}
        case when added.row_id is null then 0 else added.{{ measure }} end as {{ measure }},
        {% endfor -%}
        coalesce({{ sources }}[added.weakest], 'lists') as number_source
    from scopes
    cross join {{ ref('stg_ref__mau_02_rows') }} as form_rows
    left join added
        on scopes.programme_id = added.programme_id
        and scopes.unit_code = added.unit_code
        and scopes.scope = added.scope
        and form_rows.row_id = added.row_id
)

select
    counts.programme_id,
    phases.phase_id,
    counts.unit_code,
    counts.scope,
    counts.row_id,
    counts.row_order,
    counts.number,
    counts.label,
    counts.row_type,
    {{ shown_measures('counts', 'heads') }},
    counts.number_source
from counts
inner join {{ ref('int_mau_02_phases') }} as phases on counts.programme_id = phases.programme_id
left join {{ ref('int_scope_person_years') }} as heads
    on counts.programme_id = heads.programme_id
    and counts.unit_code = heads.unit_code
    and counts.scope = heads.scope
