-- Grain: programme, unit, year: the QS row behind the denominators of mẫu 02.
select
    heads.programme_id,
    heads.unit_code,
    heads.year,
    heads.collectives,
    heads.individuals,
    heads.submission_id,
    heads.source_file,
    heads.source_sheet,
    heads.source_row,
    {{ cell_at('heads.columns', "'collectives'", 'heads.source_row') }} as collectives_cell,
    {{ cell_at('heads.columns', "'individuals'", 'heads.source_row') }} as individuals_cell
from {{ ref('int_headcounts') }} as heads
inner join {{ ref('int_mau_02_phases') }} as phases
    on heads.programme_id = phases.programme_id
    and heads.year between phases.first_year and phases.last_year
