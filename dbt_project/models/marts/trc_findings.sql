-- Grain: one row per finding of tonight: what was judged, and what the verdict knows of it.
with quotas as (
    -- a finding about quantities says each quota that binds, and what was counted
    select
        counts.programme_id || '|' || counts.unit_code || '|' || counts.period as row_id,
        counts.rule_id,
        to_json(list(
            {
                'quota': quotas.quota_vi,
                'citation': rules.citation_vi,
                'counted': counts.n,
                'verdict': {{ verdict_word('counts.v') }}
            } order by counts.quota_id
        ))::varchar as quotas
    from {{ ref('int_counts') }} as counts
    left join {{ ref('stg_ref__quotas') }} as quotas on counts.quota_id = quotas.quota_id
    left join {{ ref('stg_ref__rules') }} as rules on counts.quota_id = rules.rule_id
    where counts.v is not null
    group by counts.programme_id, counts.unit_code, counts.period, counts.rule_id
)

select
    findings.finding_id,
    findings.row_id as subject_id,
    min(verdicts.params) as params,
    min(quotas.quotas) as quotas
from {{ ref('stg_quality__finding_nights') }} as findings
inner join {{ ref('stg_meta__night') }} as night on findings.as_of = night.as_of
left join {{ ref('int_verdicts') }} as verdicts
    on findings.row_id = verdicts.row_id
    and findings.rule_id = verdicts.rule_id
left join quotas
    on findings.row_id = quotas.row_id
    and findings.rule_id = quotas.rule_id
group by findings.finding_id, findings.row_id
