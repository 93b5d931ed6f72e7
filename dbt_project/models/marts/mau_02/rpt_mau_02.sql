-- Grain: programme, unit, scope, row of mẫu 02. All 43 rows, zeros included.
{{ config(meta={'by': 'roll_up'}) }}
{% set sources = ['lists', 'agree', 'differ', 'table'] %}
with added as (
    select
        scopes.programme_id,
        scopes.unit_code,
        scopes.scope,
        form_rows.row_id,
        count(own.row_id) as parts,
        -- the weakest of the parts: lists, agree, differ, table
        max(list_position({{ sources }}, own.number_source)) as weakest,
        {{ sum_measures('own') }}
    from {{ ref('int_award_scopes') }} as scopes
    cross join {{ ref('stg_ref__mau_02_rows') }} as form_rows
    left join {{ ref('int_mau_02_own') }} as own
        on scopes.programme_id = own.programme_id
        and scopes.member_code = own.unit_code
        and form_rows.row_id = own.row_id
    group by scopes.programme_id, scopes.unit_code, scopes.scope, form_rows.row_id
),

counts as (
    select
        added.programme_id,
        added.unit_code,
        added.scope,
        form_rows.row_id,
        form_rows.row_order,
        form_rows.number,
        form_rows.label,
        form_rows.row_type,
        {% for measure in mau_02_measures() -%}
        case when added.parts = 0 then 0 else added.{{ measure }} end as {{ measure }},
        {% endfor -%}
        coalesce({{ sources }}[added.weakest], 'lists') as number_source
    from added
    inner join {{ ref('stg_ref__mau_02_rows') }} as form_rows on added.row_id = form_rows.row_id
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
