-- Grain: one row per form in a file that declares a phase of its programme.
select records.submission_id, records.part_no, max(fields.value_code) as phase_id
from {{ ref('stg_raw__records') }} as records
inner join {{ ref('stg_raw__field_values') }} as fields on records.record_id = fields.record_id
inner join {{ ref('stg_ref__phases') }} as phases on fields.value_code = phases.phase_id
where records.record_kind = 'head'
group by records.submission_id, records.part_no
