-- Grain: one row per policy, with the value in force.
select policy_id, value, default_value, is_default, is_setting, "group" as policy_group, text, citation
from {{ ref('stg_ref__policies') }}
