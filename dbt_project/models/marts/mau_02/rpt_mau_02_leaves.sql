-- Grain: programme, unit, line of mẫu 02 with a number above zero; each unit's own numbers, each award in one line.
-- Every row may be added up: over units, lines, programmes. Groups, the total, «trong đó» and roll-ups are not here.
{{ config(meta={'by': 'unit'}) }}
select
    counts.programme_id,
    phases.phase_id,
    counts.unit_code,
    form_rows.row_id,
    form_rows.row_order,
    form_rows.label,
    groups.row_id as group_id,
    groups.label as group_label,
    {% for measure in mau_02_measures() -%}
    counts.{{ measure }},
    {% endfor -%}
    counts.number_source
from {{ ref('int_mau_02_own') }} as counts
inner join {{ ref('int_mau_02_phases') }} as phases on counts.programme_id = phases.programme_id
inner join {{ ref('stg_ref__mau_02_rows') }} as form_rows
    on counts.row_id = form_rows.row_id
    and form_rows.adds_to_group
left join {{ ref('stg_ref__mau_02_rows') }} as groups
    on form_rows.parent = groups.row_id
    and groups.row_type = 'group'
where counts.collectives + counts.individuals + counts.households > 0
