-- Grain: one row per counted row of an award list that tells number and day of its decision, with the number's key. A number that
-- stands alone («37») has the symbol it has elsewhere in the programme, for the award and year, where that is one («37/QĐ-UBND»).
{{ config(materialized='view') }}
select
    told.*,
    coalesce(symbols.decision_key, told.decision_key_told) as decision_key
from {{ ref('int_award_rows') }} as told
left join {{ ref('int_decision_symbols') }} as symbols
    on strpos(told.decision_key_told, '/') = 0
    and told.programme_id = symbols.programme_id
    and told.decision_key_told = symbols.number
    and told.award_code = symbols.award_code
    and year(told.decision_date) = symbols.year
where told.decision_no is not null and told.decision_date is not null and not told.is_duplicate
