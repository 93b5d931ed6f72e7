-- Grain: one row per registered row that says it is a model of grassroots level (003:143 «cấp huyện và tương đương, cấp cơ sở»).
-- POL-CB-LEVEL: such rows do not fill the number asked of the district; a row that says no level does.
select distinct fields.record_id
from {{ ref('stg_raw__field_values') }} as fields
inner join {{ ref('stg_ref__words') }} as words
    on words.vocabulary = 'grassroots_level'
    and contains({{ title_key('fields.value_text') }}, words.label)
where fields.field in ('cap', 'ghi_chu') and {{ policy_is('POL-CB-LEVEL', 'marked_apart') }}
