{{ config(materialized='view') }}
-- Grain: programme, unit, scope, row and column of mẫu 02, award event or form cell that enters the number.
-- The sum of `amount` is the number. A view: nothing is stored; ask for one unit, scope, row and column.
{% set awards = ref('fct_awards').include(database=false) %}
{% set members = ref('dim_mau_02_members').include(database=false) %}
{% set rollups = ref('dim_unit_rollups').include(database=false) %}
{% set cells = ref('trc_mau_02_cells').include(database=false) %}
with own as (
    select
        awards.programme_id,
        awards.phase_id,
        awards.unit_code as sent_by,
        members.row_id,
        unnest(list_filter([
            case awards.recipient_kind
                when 'tap_the' then 'collectives' when 'ca_nhan' then 'individuals' when 'gia_dinh' then 'households'
            end,
            case
                when awards.recipient_kind = 'tap_the' and awards.is_direct then 'grassroots_collectives'
                when awards.recipient_kind = 'tap_the' and awards.is_direct is null then 'unknown_class_collectives'
                when awards.recipient_kind = 'ca_nhan' and awards.is_direct then 'direct_individuals'
                when awards.recipient_kind = 'ca_nhan' and awards.is_direct is null then 'unknown_class_individuals'
            end,
            case when awards.recipient_kind = 'ca_nhan' and awards.is_leader then 'leader_individuals' end
        ], lambda name: name is not null)) as column_name,
        1::bigint as amount,
        awards.award_id,
        awards.recipient_name as label,
        awards.award_code,
        awards.award_year,
        awards.submission_id,
        awards.source_file,
        awards.source_sheet,
        awards.source_row,
        awards.source_cell
    from {{ awards }} as awards
    inner join {{ members }} as members
        on awards.award_code = members.award_code
        and (members.sub_kind is null or members.sub_kind = awards.sub_kind)
    where awards.phase_id is not null

    union all by name

    select * exclude (unit_code), unit_code as sent_by from {{ cells }}
)

select
    own.programme_id,
    own.phase_id,
    own.sent_by as unit_code,
    'own' as scope,
    own.* exclude (programme_id, phase_id)
from own

union all

select
    own.programme_id,
    own.phase_id,
    rollups.ancestor_code as unit_code,
    'rollup' as scope,
    own.* exclude (programme_id, phase_id)
from own
inner join {{ rollups }} as rollups on own.sent_by = rollups.unit_code
