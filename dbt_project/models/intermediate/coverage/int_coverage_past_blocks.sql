-- Grain: one row per form in a file in which an earlier night found something blocking.
select distinct finding_nights.submission_id, finding_nights.form_id
from {{ ref('stg_quality__finding_nights') }} as finding_nights
inner join {{ ref('stg_meta__night') }} as night on finding_nights.as_of < night.as_of
where finding_nights.severity = 'blocking' and finding_nights.submission_id is not null
