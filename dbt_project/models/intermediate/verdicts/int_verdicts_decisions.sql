-- Grain: one row per row of an award list whose decision contradicts another row of the unit: of its day, or of what it gave.
{{ config(meta={'by': 'unit'}) }}
with days as (
    select programme_id, unit_code, decision_key, award_code, decision_date, count(*) as times
    from {{ ref('int_decisions') }}
    where award_code is not null
    group by programme_id, unit_code, decision_key, award_code, decision_date
),

two_dates as (
    -- of the dates one number has within a year, the one written most often (then the earliest) is kept
    select programme_id, unit_code, decision_key, award_code, decision_date
    from (
        select
            *,
            row_number() over (
                partition by programme_id, unit_code, decision_key, award_code, year(decision_date)
                order by times desc, decision_date
            ) as place
        from days
    ) as placed
    where place > 1
),

both_kinds as (
    select programme_id, unit_code, decision_key, decision_date, name_key, workplace_key, recipient_kind
    from {{ ref('int_decisions') }}
    where award_family in ('danh_hieu_thi_dua', 'hinh_thuc_khen_thuong')
    group by all
    having count(distinct award_family) = 2
),

found as (
    select decisions.*, 'CP-ALL-QD-HAI-NGAY' as rule_id, 'decision_date' as field
    from {{ ref('int_decisions') }} as decisions
    inner join two_dates using (programme_id, unit_code, decision_key, award_code, decision_date)

    union all

    select decisions.*, 'CP-ALL-HAI-KHEN', 'award'
    from {{ ref('int_decisions') }} as decisions
    inner join both_kinds using (programme_id, unit_code, decision_key, decision_date, name_key, workplace_key, recipient_kind)
    where decisions.award_family = 'hinh_thuc_khen_thuong'
)

{{ failed_verdicts(
    field='field',
    params={'read': 'decision_no', 'row': 'source_row'},
    nomination_id='null::varchar',
    source_cell=cell('field')
) }}
