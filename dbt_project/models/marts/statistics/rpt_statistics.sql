-- Grain: one row per table, statistical year, unit, scope, row and column that counts something. What has no row is zero.
{{ config(meta={'by': 'roll_up'}) }}
{% set parted = ['programme_id', 'statistical_year', 'is_dated', 'award_code', 'recipient_kind', 'object_class', 'sub_kind'] %}
with counts as (
    select * from {{ ref('int_statistics_counts') }} where statistical_year is not null
),

-- added up over units first: an award stands in several rows of the tables
scoped as (
    select 'own' as scope, unit_code, {{ parted | join(', ') }}, amount from counts

    union all

    select
        'rollup',
        rollups.ancestor_code,
        {% for column in parted -%}
        counts.{{ column }},
        {% endfor -%}
        sum(counts.amount)
    from counts
    inner join {{ ref('int_unit_rollups') }} as rollups on counts.unit_code = rollups.unit_code
    group by all
)

select
    rows.table_id,
    scoped.statistical_year,
    scoped.unit_code,
    scoped.scope,
    rows.row_id,
    columns.column_id,
    sum(scoped.amount)::bigint as amount
from scoped
inner join {{ ref('stg_ref__statistics_rows') }} as rows
    on {{ statistics_value('rows.parted_by', 'scoped') }} = rows.value
    and scoped.is_dated = (rows.parted_by <> 'undated')
inner join {{ ref('stg_ref__statistics_columns') }} as columns
    on rows.table_id = columns.table_id
    and scoped.award_code = columns.award_code
    and scoped.recipient_kind = columns.recipient_kind
group by all
