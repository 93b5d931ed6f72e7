-- Grain: one row per counted row of an award list that tells number and day of its decision, with the number's key. A number that
-- stands alone («37») has the symbol it has elsewhere in the programme, for the award and year, where that is one («37/QĐ-UBND»).
{{ config(materialized='view') }}
with numbered as (
    select
        *,
        {{ decision_key('decision_no') }} as told_key
    from {{ ref('int_award_rows') }}
    where decision_no is not null and decision_date is not null and not is_duplicate
),

alone as (
    select distinct
        programme_id,
        told_key as number,
        award_code,
        year(decision_date) as year
    from numbered
    where strpos(told_key, '/') = 0
),

symbols as (
    select
        alone.programme_id,
        alone.number,
        alone.award_code,
        alone.year,
        min(numbered.told_key) as decision_key
    from alone
    inner join numbered
        on alone.programme_id = numbered.programme_id
        and alone.award_code = numbered.award_code
        and alone.year = year(numbered.decision_date)
        and alone.number = split_part(numbered.told_key, '/', 1)
        and strpos(numbered.told_key, '/') > 0
    group by alone.programme_id, alone.number, alone.award_code, alone.year
    having min(numbered.told_key) = max(numbered.told_key)
)

select
    numbered.*,
    coalesce(symbols.decision_key, numbered.told_key) as decision_key
from numbered
left join symbols
    on strpos(numbered.told_key, '/') = 0
    and numbered.programme_id = symbols.programme_id
    and numbered.told_key = symbols.number
    and numbered.award_code = symbols.award_code
    and year(numbered.decision_date) = symbols.year
