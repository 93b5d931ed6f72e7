-- Grain: chapter of the book of rules, kind of its entries; «all» stands for every kind of a chapter, or for the whole
-- book: how many there are, how many are confirmed.
with entries as (
    select rule_id, kind, programme_id as chapter_id from {{ ref('stg_ref__rules') }}
    union all
    -- groups that decide on someone
    select group_id, 'group', programme_id
    from {{ ref('stg_ref__criterion_groups') }}
    where group_id in (select rule_id from {{ ref('stg_ref__rule_trees') }} where tree = 'group')
    union all
    select policy_id, 'policy', 'policies' from {{ ref('stg_ref__policies') }}
)

select
    coalesce(entries.chapter_id, 'all') as chapter_id,
    coalesce(entries.kind, 'all') as kind,
    count(*) as rules,
    count(confirmations.rule_id) as confirmed
from entries
left join {{ ref('stg_ref__rule_confirmations') }} as confirmations on entries.rule_id = confirmations.rule_id
group by grouping sets ((entries.chapter_id, entries.kind), (entries.chapter_id), ())
