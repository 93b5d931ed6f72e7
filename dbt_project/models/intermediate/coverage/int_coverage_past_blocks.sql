-- Grain: one row per form in a file in which an earlier night found something blocking.
select distinct finding_nights.submission_id, finding_nights.form_id
from {{ source('quality', 'finding_nights') }} as finding_nights
inner join {{ source('meta', 'night') }} as night on finding_nights.as_of < night.as_of
where finding_nights.severity = 'blocking' and finding_nights.submission_id is not null
