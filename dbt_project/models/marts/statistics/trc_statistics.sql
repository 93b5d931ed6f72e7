{{ config(materialized='view') }}
-- Grain: table, row and column of the ministry's tables, and award event that it counts. A view: nothing is stored; ask for one
-- table, row, column and year, and for the units of a roll-up by dim_unit_rollups.
{% set awards = ref('fct_awards').include(database=false) %}
{% set rows = ref('dim_statistics_rows').include(database=false) %}
{% set columns = ref('dim_statistics_columns').include(database=false) %}
{% set starts = ref('dim_statistics_year').include(database=false) %}
select
    rows.table_id,
    case
        when awards.decision_date is null then awards.award_year
        else {{ statistics_year('awards.decision_date', 'starts.from_month') }}
    end::integer as statistical_year,
    awards.unit_code,
    rows.row_id,
    columns.column_id,
    awards.award_id,
    awards.recipient_name as label,
    awards.award_code,
    awards.decision_date,
    awards.source_file,
    awards.source_sheet,
    awards.source_row,
    awards.source_cell
from {{ awards }} as awards
cross join {{ starts }} as starts
inner join {{ columns }} as columns
    on awards.award_code = columns.award_code
    and awards.recipient_kind = columns.recipient_kind
inner join {{ rows }} as rows
    on columns.table_id = rows.table_id
    and {{ statistics_value('rows.parted_by', 'awards') }} = rows.value
    and (awards.decision_date is not null) = (rows.parted_by <> 'undated')
where not awards.is_revoked
