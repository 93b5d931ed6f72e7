-- Grain: one row per programme and rule with open findings.
select
    programme_id,
    rule_id,
    case
        when bool_or(severity = 'blocking') then 'blocking'
        when bool_or(severity = 'warning') then 'warning'
        else 'information'
    end as severity,
    count(*) as findings,
    count(distinct unit_code) as units
from {{ ref('fct_findings') }}
where is_open
group by programme_id, rule_id
