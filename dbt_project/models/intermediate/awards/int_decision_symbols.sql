-- Grain: one row per programme, number of a decision that stands alone in a list («37»), award and year, with the one symbol that the
-- number has elsewhere in the programme («37/QĐ-UBND»).
with numbered as (
    select
        programme_id,
        decision_key_told,
        award_code,
        year(decision_date) as year
    from {{ ref('int_award_rows') }}
    where decision_no is not null and decision_date is not null and not is_duplicate
),

alone as (
    select distinct
        programme_id,
        decision_key_told as number,
        award_code,
        year
    from numbered
    where strpos(decision_key_told, '/') = 0
)

select
    alone.programme_id,
    alone.number,
    alone.award_code,
    alone.year,
    min(numbered.decision_key_told) as decision_key
from alone
inner join numbered
    on alone.programme_id = numbered.programme_id
    and alone.award_code = numbered.award_code
    and alone.year = numbered.year
    and alone.number = split_part(numbered.decision_key_told, '/', 1)
    and strpos(numbered.decision_key_told, '/') > 0
group by alone.programme_id, alone.number, alone.award_code, alone.year
having min(numbered.decision_key_told) = max(numbered.decision_key_told)
