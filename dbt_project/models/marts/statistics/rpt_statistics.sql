-- Grain: one row per table, statistical year, unit, scope, row and column that counts something. What has no row is zero.
{{ config(meta={'by': 'roll_up'}) }}
with own as (
    select
        rows.table_id,
        counts.statistical_year,
        counts.unit_code,
        rows.row_id,
        columns.column_id,
        sum(counts.amount) as amount
    from {{ ref('int_statistics_counts') }} as counts
    inner join {{ ref('stg_ref__statistics_rows') }} as rows
        on {{ statistics_value('rows.parted_by', 'counts') }} = rows.value
        and counts.is_dated = (rows.parted_by <> 'undated')
    inner join {{ ref('stg_ref__statistics_columns') }} as columns
        on rows.table_id = columns.table_id
        and counts.award_code = columns.award_code
        and counts.recipient_kind = columns.recipient_kind
    where counts.statistical_year is not null
    group by all
)

select
    own.table_id,
    own.statistical_year,
    own.unit_code,
    'own' as scope,
    own.row_id,
    own.column_id,
    own.amount::bigint as amount
from own

union all

select
    own.table_id,
    own.statistical_year,
    rollups.ancestor_code,
    'rollup',
    own.row_id,
    own.column_id,
    sum(own.amount)::bigint
from own
inner join {{ ref('int_unit_rollups') }} as rollups on own.unit_code = rollups.unit_code
group by all
