-- Grain: one row per completeness rule a nomination, form or dossier fails.
with failing as (
    select verdicts.subject_no, verdicts.rule_no, trees.rule_id, trees.field
    from {{ ref('int_rule_verdicts') }} as verdicts
    inner join {{ ref('stg_ref__rule_trees') }} as trees on verdicts.rule_no = trees.rule_no
    where trees.tree = 'completeness' and verdicts.v = 0
),

told as (
    -- the first in its own file, else the first in another
    select
        facts.subject_no,
        facts.field,
        min_by(
            {
                'cell': facts.cell,
                'text': facts.text,
                'other_submission_id': facts.other_submission_id,
                'other_file': facts.other_file,
                'source_sheet': facts.source_sheet
            },
            (facts.other_file is not null, facts.item, facts.other_submission_id)
        ) as place
    from {{ ref('int_facts') }} as facts
    semi join failing on facts.subject_no = failing.subject_no and facts.field = failing.field
    where facts.of = 'self' and facts.cell is not null
    group by facts.subject_no, facts.field
),

placed as (
    -- where the field would stand: in the column it has in the rows nearest by, never where the row holds something else
    select asked.subject_no, asked.field, columns.letter
    from (select distinct subject_no, field from failing) as asked
    inner join {{ ref('int_subjects') }} as subjects on asked.subject_no = subjects.subject_no
    inner join {{ ref('int_columns') }} as columns
        on subjects.submission_id = columns.submission_id
        and subjects.part_no = columns.part_no
        and subjects.source_sheet is not distinct from columns.source_sheet
        and asked.field = columns.field
    left join {{ ref('int_facts') }} as others
        on asked.subject_no = others.subject_no
        and others.of = 'self'
        and columns.letter || subjects.source_row = others.cell
    where others.subject_no is null
    qualify row_number() over (
        partition by asked.subject_no, asked.field
        order by
            greatest(columns.first_row - subjects.source_row, subjects.source_row - columns.last_row, 0),
            columns.cells desc,
            length(columns.letter),
            columns.letter
    ) = 1
),

hans as (
    -- the deadline a rule about the day of receipt names, in words
    select rule_deadlines.rule_id, min(deadlines.wording_vi) as wording_vi
    from {{ ref('stg_ref__rule_deadlines') }} as rule_deadlines
    inner join {{ ref('stg_ref__deadlines') }} as deadlines on rule_deadlines.cell_id = deadlines.cell_id
    group by rule_deadlines.rule_id
),

lists as (
    select submission_id, form_id, count(*) as list_size
    from {{ ref('int_subjects') }}
    where about = 'nomination'
    group by submission_id, form_id
),

nameless as (
    -- lists of which reading told that a column has no header or one nobody knows: what all their rows lack has one cause
    select distinct submission_id, form_id
    from {{ ref('stg_raw__reading_findings') }}
    where rule_id in (select rule_id from {{ ref('stg_ref__rules') }} where category = 'unread_column')
),

of_fields as (
    -- rules that ask what the nominee's own field of activity asks
    select distinct rule_id from {{ ref('stg_ref__rule_nodes') }} where op = 'field_allows'
)

select
    subjects.subject_id as row_id,
    subjects.form_id as suite,
    verdicts.rule_id,
    'fail' as verdict,
    subjects.programme_id,
    subjects.unit_code,
    case when subjects.about = 'dossier' then subjects.family else subjects.form_id end as form_id,
    case when subjects.about = 'nomination' then subjects.subject_id end as nomination_id,
    subjects.recipient_name,
    concat_ws('|', coalesce(subjects.name_key, ''), coalesce(subjects.year::varchar, ''))
        as recipient_key,
    verdicts.field,
    to_json({
        'row': coalesce(subjects.source_row::varchar, ''),
        'year': coalesce(subjects.year::varchar, ''),
        -- what stands there, unless it is a name or a text of its own
        'read': case
            when length(told.place.text) <= 60 and told.place.text is distinct from subjects.recipient_name
                then told.place.text
            else ''
        end,
        'missing_years': coalesce(years.missing_years, ''),
        'missing_fields': coalesce(lacking.missing_fields, ''),
        'given_years': coalesce(years.given_years, ''),
        'han': coalesce(hans.wording_vi, ''),
        -- what a field asks stands in the field's own clause
        'citation': case when of_fields.rule_id is not null then activity_fields.citation_vi end
    })::varchar as params,
    nameless.submission_id is not null and rules.category in ('missing_field', 'missing_year')
        and told.place.other_submission_id is null as list_cause,
    lists.list_size,
    subjects.first_record_id,
    case
        when rules.category = 'late' and subjects.received_on = last_days.to_day then 'information'
    end as severity,
    -- what a paper of another file tells is mended in that file
    coalesce(told.place.other_submission_id, subjects.submission_id) as submission_id,
    coalesce(told.place.other_file, subjects.source_file) as source_file,
    case when told.place.other_file is null then subjects.source_sheet else told.place.source_sheet end as source_sheet,
    case when told.place.other_file is null then subjects.source_row end as source_row,
    coalesce(
        told.place.cell,
        placed.letter || subjects.source_row,
        subjects.source_cell
    ) as source_cell
from failing as verdicts
inner join {{ ref('int_subjects') }} as subjects on verdicts.subject_no = subjects.subject_no
inner join {{ ref('stg_ref__completeness_rules') }} as rules on verdicts.rule_id = rules.rule_id
left join lists
    on subjects.about = 'nomination'
    and subjects.submission_id = lists.submission_id
    and subjects.form_id = lists.form_id
left join nameless
    on subjects.about = 'nomination'
    and subjects.submission_id = nameless.submission_id
    and subjects.form_id = nameless.form_id
left join hans on verdicts.rule_id = hans.rule_id
left join of_fields on verdicts.rule_id = of_fields.rule_id
left join {{ ref('stg_ref__activity_fields') }} as activity_fields on subjects.field_id = activity_fields.field_id
left join {{ ref('int_missing_years') }} as years
    on verdicts.subject_no = years.subject_no
    and verdicts.rule_no = years.rule_no
left join {{ ref('int_missing_fields') }} as lacking
    on verdicts.subject_no = lacking.subject_no
    and verdicts.rule_no = lacking.rule_no
left join placed
    on verdicts.subject_no = placed.subject_no
    and verdicts.field = placed.field
left join told
    on verdicts.subject_no = told.subject_no
    and verdicts.field = told.field
left join (
    select rule_no, max(to_day)::date as to_day
    from {{ ref('stg_ref__rule_nodes') }}
    where op = 'received' and from_day is null
    group by rule_no
) as last_days on verdicts.rule_no = last_days.rule_no
