-- Grain: one row per unit, period and quantity rule it breaks: fewer, or more, than the quotas that bind it.
select
    counts.programme_id || '|' || counts.unit_code || '|' || counts.period as row_id,
    'DON-VI' as suite,
    counts.rule_id,
    'fail' as verdict,
    counts.programme_id,
    counts.unit_code,
    min(counts.form_id) as form_id,
    null::varchar as nomination_id,
    null::varchar as recipient_name,
    counts.period as recipient_key,
    'so_luong' as field,
    to_json({
        'period': min(coalesce(
            phases.label,
            fields.official_name || ', ' || split_part(counts.period, ' ', 2),
            replace(parts.label, '{year}', left(counts.period, 4)),
            counts.period
        )),
        'counted': string_agg(
            replace(
                replace(
                    replace(words.label, '{quota}', coalesce(quotas.quota_vi, '')),
                    '{n}', counts.n::varchar
                ),
                '{total}', coalesce(counts.total::varchar, '')
            ),
            '; ' order by counts.quota_id
        ),
        -- a field's number stands in the field's own clause
        'citation': min_by(clauses.citation_vi, counts.quota_id) filter (where fields.field_id is not null)
    })::varchar as params,
    false as list_cause,
    null::bigint as list_size,
    null::varchar as severity,
    max_by(counts.submission_id, counts.source_file) as submission_id,
    max(counts.source_file) as source_file,
    null::varchar as source_sheet,
    null::integer as source_row,
    null::varchar as source_cell
from {{ ref('int_counts') }} as counts
left join {{ ref('stg_ref__phases') }} as phases on counts.period = phases.phase_id
left join {{ ref('stg_ref__quotas') }} as quotas on counts.quota_id = quotas.quota_id
left join {{ ref('stg_ref__rules') }} as clauses on counts.quota_id = clauses.rule_id
inner join {{ ref('stg_ref__words') }} as words
    on words.vocabulary = 'count_detail'
    and words.code = case
        when quotas.quota_id is null then 'plain'
        when counts.total is not null then 'share'
        else 'quota'
    end
left join {{ ref('stg_ref__words') }} as parts
    on parts.vocabulary = 'part_of_year'
    and parts.code = split_part(counts.period, '-', 2)
left join {{ ref('stg_ref__activity_fields') }} as fields on split_part(counts.period, ' ', 1) = fields.field_id
left join (select distinct rule_id, if_unknown from {{ ref('stg_ref__rule_counts') }}) as asked
    on counts.rule_id = asked.rule_id
where counts.v = case when asked.if_unknown then 1 else 0 end
group by counts.programme_id, counts.unit_code, counts.period, counts.rule_id
