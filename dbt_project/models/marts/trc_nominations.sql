-- Grain: one row per nominee and open finding that keeps the dossier from being whole, or asks more of it.
{% set lacking = "standing.category in ('missing_field', 'missing_attachment', 'missing_confirmation', 'missing_year')" %}
with standing as (
    select findings.*, rules.category
    from {{ ref('fct_findings') }} as findings
    left join {{ ref('stg_ref__completeness_rules') }} as rules on findings.rule_id = rules.rule_id
    where findings.is_open and findings.severity <> 'information'
)

select
    nominations.nomination_id,
    standing.finding_id,
    standing.severity,
    true as is_own
from standing
inner join {{ ref('int_nominations') }} as told on standing.nomination_id = told.nomination_id
-- whom several rows of a list name alike lacks in each what is told of one
inner join {{ ref('int_nominations') }} as nominations
    on told.first_record_id = nominations.first_record_id
    and (told.nomination_id = nominations.nomination_id or {{ lacking }})

union all

-- «Hồ sơ chung»: what a dossier or a form lacks as a whole, every nominee in it lacks
select
    nominations.nomination_id,
    standing.finding_id,
    standing.severity,
    false as is_own
from {{ ref('int_nominations') }} as nominations
inner join standing
    on nominations.programme_id = standing.programme_id
    and nominations.unit_code = standing.unit_code
    and standing.nomination_id is null
    and {{ lacking }}
    and (
        standing.form_id = nominations.family and nominations.family <> nominations.form_id
        or standing.submission_id = nominations.submission_id and standing.form_id = nominations.form_id
    )
