-- Grain: one row per programme, unit and year: the QS row that counts tonight.
select
    files.programme_id,
    files.unit_code,
    heads.year,
    heads.collectives,
    heads.individuals,
    heads.direct_individuals,
    heads.leader_individuals,
    heads.households,
    heads.submission_id,
    files.source_file,
    heads.source_sheet,
    heads.source_row,
    heads.columns
from {{ ref('stg_raw__headcount_rows') }} as heads
inner join {{ ref('int_current_keys') }} as keys
    on heads.submission_id = keys.submission_id
    and keys.form_id = 'QS'
    and heads.part_key = keys.part_key
    and keys.is_current
inner join {{ ref('int_files') }} as files on heads.submission_id = files.submission_id
where heads.year is not null
-- a year written twice in one file: the lower row counts
qualify row_number() over (
    partition by files.programme_id, files.unit_code, heads.year
    order by heads.part_no desc, heads.source_row desc
) = 1
