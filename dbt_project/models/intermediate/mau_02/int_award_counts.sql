-- Grain: programme, unit, award year, award, level, sub-kind. The one pass over all award events;
-- everything of mẫu 02 is added up from here. An award without a code is kept under NULL.
{{ config(meta={'by': 'unit'}) }}
select
    programme_id,
    unit_code,
    award_year,
    award_code,
    level,
    sub_kind,
    {{ count_measures() }}
from {{ ref('int_award_events') }}
group by programme_id, unit_code, award_year, award_code, level, sub_kind
