-- Grain: one row per row of an award list that counts tonight, codes and flags resolved. Which forms list awards: ref.forms.
{{ config(meta={'by': 'unit'}) }}
with current_rows as (
    select rows.*
    from {{ ref('int_listed_awards') }} as rows
    inner join {{ ref('stg_ref__forms') }} as forms
        on rows.form_id = forms.form_id
        and forms.contents = 'awards'
    where rows.is_current
),

coded as (
    select
        current_rows.*,
        awards.kind as award_family,
        awards.level,
        classes.is_direct,
        classes.is_leader,
        units.name as unit_name
    from current_rows
    left join {{ ref('stg_ref__units') }} as units on current_rows.unit_code = units.unit_code
    left join {{ ref('stg_ref__awards') }} as awards on current_rows.award_code = awards.award_code
    left join {{ ref('stg_ref__object_classes') }} as classes
        on current_rows.object_class = classes.object_class
        and current_rows.recipient_kind = classes.recipient_kind
),

-- Rows of one list equal in every value read are one event: the later is not counted.
within_list as (
    select
        *,
        row_number() over (
            partition by submission_id, part_no, event_key
            order by source_row, row_item
        ) as copy_in_list,
        {{ decision_key('decision_no') }} as decision_key_told
    from coded
),

-- Lists of one unit side by side: equal rows are one event, the latest received list holds it.
across_lists as (
    select
        *,
        dense_rank() over (
            partition by
                programme_id, unit_code, recipient_kind, name_key, workplace_key,
                coalesce(award_code, award_key), sub_kind, award_year, decision_key_told, decision_date
            order by received_on desc, source_file desc, part_no desc
        ) as list_rank
    from within_list
)

select
    row_id,
    programme_id,
    unit_code,
    form_id,
    submission_id,
    part_no,
    source_file,
    source_sheet,
    source_row,
    received_on,
    recipient_kind,
    kind_raw,
    salutation,
    recipient_name,
    name_key,
    position,
    workplace,
    workplace_key,
    award_raw,
    award_code,
    award_family,
    level,
    award_rank,
    sub_kind,
    sub_kind_raw,
    object_class,
    object_class_raw,
    is_direct,
    is_leader,
    award_year,
    year_raw,
    decision_no,
    decision_date,
    decision_key_told,
    columns,
    cells,
    withdrawn,
    -- of which year a row is must be known before it is called the same as another list's
    copy_in_list > 1 or (list_rank > 1 and award_year is not null) as is_duplicate,
    {{ is_no_award('award_family') }} as is_no_award
from across_lists
