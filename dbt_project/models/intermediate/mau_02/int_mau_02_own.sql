-- Grain: one row per unit that sent awards and row of mẫu 02: its own numbers and where they come from.
-- Lists count where there are lists; a filled mẫu 02 is compared with them, or counts where it is alone.
{{ config(meta={'by': 'unit'}) }}
{% set compared = ['collectives', 'individuals', 'households', 'grassroots_collectives', 'direct_individuals'] %}
with senders as (
    select
        coalesce(lists.programme_id, tables.programme_id) as programme_id,
        coalesce(lists.unit_code, tables.unit_code) as unit_code,
        lists.unit_code is not null as has_lists,
        tables.unit_code is not null as has_table
    from (select distinct programme_id, unit_code from {{ ref('int_award_counts') }}) as lists
    full join (select distinct programme_id, unit_code from {{ ref('int_mau_02_tables') }}) as tables
        on lists.programme_id = tables.programme_id
        and lists.unit_code = tables.unit_code
),

every_row as (
    select senders.*, form_rows.row_id
    from senders
    cross join {{ ref('stg_ref__mau_02_rows') }} as form_rows
)

select
    every_row.programme_id,
    every_row.unit_code,
    every_row.row_id,
    {% for column in compared -%}
    case when has_lists then coalesce(lists.{{ column }}, 0) else tables.{{ column }} end as {{ column }},
    {% endfor -%}
    -- the form has no place for leaders and for recipients without a class
    {% for column in mau_02_measures() if column not in compared -%}
    case when has_lists then coalesce(lists.{{ column }}, 0) end as {{ column }},
    {% endfor -%}
    case
        when not has_table then 'lists'
        when not has_lists then 'table'
        when {% for column in compared -%}
            coalesce(written.{{ column }}, tables.{{ column }}) = coalesce(lists.{{ column }}, 0){{ " and " if not loop.last }}
        {%- endfor %} then 'agree'
        else 'differ'
    end as number_source
from every_row
left join {{ ref('int_mau_02_lists') }} as lists
    on every_row.programme_id = lists.programme_id
    and every_row.unit_code = lists.unit_code
    and every_row.row_id = lists.row_id
left join {{ ref('int_mau_02_tables') }} as tables
    on every_row.programme_id = tables.programme_id
    and every_row.unit_code = tables.unit_code
    and every_row.row_id = tables.row_id
left join {{ ref('int_mau_02_written') }} as written
    on every_row.programme_id = written.programme_id
    and every_row.unit_code = written.unit_code
    and every_row.row_id = written.row_id
