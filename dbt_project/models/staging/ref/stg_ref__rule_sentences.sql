-- Grain: one row per condition of a rule and sentence that tells it.
select * from {{ source('ref', 'rule_sentences') }}
