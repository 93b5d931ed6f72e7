-- Grain: one row per rule that officers have confirmed.
select * from {{ source('ref', 'rule_confirmations') }}
