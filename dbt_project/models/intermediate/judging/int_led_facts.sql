-- Grain: one row per fact of a person from the unit the person heads: that it is so, and what the nomination and the award
-- lists of a collective of that name in the same folder tell.
with led as (
    select led.*, subjects.class_no, subjects.programme_id, subjects.unit_code, subjects.phase_id
    from {{ ref('int_led_units') }} as led
    inner join {{ ref('int_subjects') }} as subjects on led.subject_no = subjects.subject_no
),

units as (
    select
        led.subject_no,
        led.class_no,
        collectives.subject_no as unit_no,
        collectives.source_file,
        collectives.source_sheet,
        collectives.source_cell
    from led
    inner join {{ ref('int_subjects') }} as collectives
        on led.programme_id = collectives.programme_id
        and led.unit_code = collectives.unit_code
        and led.phase_id is not distinct from collectives.phase_id
        and led.unit_key = {{ place_key('collectives.recipient_name') }}
    where collectives.recipient_kind = 'tap_the'
),

wanted as (
    select distinct
        of,
        unnest([field, other, case when op like 'rating%' then 'rating' when op like 'award%' then 'award' end]) as field
    from {{ ref('stg_ref__rule_nodes') }}
    where of in ('led_unit', 'party_org', 'mass_org')
),

-- names come again and again: each is turned into what is compared once
names as (
    select recipient_name, {{ place_key('recipient_name') }} as unit_key
    from (select distinct recipient_name from {{ ref('int_award_rows') }} where recipient_kind = 'tap_the')
),

lists as (
    select led.subject_no, led.class_no, rows.*
    from led
    inner join {{ ref('int_award_rows') }} as rows
        on led.programme_id = rows.programme_id
        and led.unit_code = rows.unit_code
        and rows.recipient_kind = 'tap_the'
    inner join names
        on rows.recipient_name = names.recipient_name
        and led.unit_key = names.unit_key
    where not rows.is_duplicate and not rows.is_no_award
)

select
    units.subject_no,
    units.class_no,
    facts.* exclude (subject_no, class_no, of, other_file),
    wanted.of,
    coalesce(facts.other_file, units.source_file) as other_file,
    false as is_partial
from units
inner join {{ ref('int_told_facts') }} as facts on units.unit_no = facts.subject_no
inner join wanted
    on facts.field = wanted.field
    and facts.of = case when wanted.of = 'led_unit' then 'self' else wanted.of end

union all by name

-- a list names awards that were won, not that there were no others
select
    subject_no,
    class_no,
    'led_unit' as of,
    'award' as field,
    award_year as year,
    award_raw as text,
    award_code as code,
    decision_date as day,
    decision_no,
    year(decision_date) as decision_year,
    source_file as other_file,
    source_sheet,
    {{ cell("'recipient_name'") }} as cell,
    true as is_partial
from lists

union all by name

select distinct
    subject_no, class_no, 'self' as of, 'is_head_of_unit' as field, 'true' as code, other_file, source_sheet, cell,
    false as is_partial
from led

union all by name

select
    subject_no,
    class_no,
    'self' as of,
    'led_unit.registered_as_model' as field,
    'true' as code,
    source_file as other_file,
    source_sheet,
    source_cell as cell,
    false as is_partial
from units
