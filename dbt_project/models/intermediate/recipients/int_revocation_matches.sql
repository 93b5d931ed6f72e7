-- Grain: one row per row of a list that takes awards back and award, of a list or told by a record, that it may be about: the
-- one of the decision it names, else that of the year it names in its unit. A name and an award alone are no match.
with named as (
    select
        revoked.row_id,
        awards.event_id,
        awards.recipient_id,
        coalesce(keys.workplace_search = revoked.workplace_search, false) as is_at_work,
        coalesce(
            {{ decision_key('awards.decision_no') }} = {{ decision_key('revoked.decision_no') }}
            and coalesce(awards.decision_date = revoked.decision_date, true),
            false
        ) as is_of_decision,
        coalesce(
            awards.award_year = revoked.award_year
            and coalesce(keys.workplace_search = revoked.workplace_search, true)
            and rollups.unit_code is not null,
            false
        ) as is_of_year
    from {{ ref('int_revocations') }} as revoked
    inner join {{ ref('int_recipient_awards') }} as awards
        on revoked.name_key = awards.name_key
        and revoked.recipient_kind = awards.recipient_kind
        and revoked.award_code = awards.award_code
    inner join {{ ref('int_recipient_keys') }} as keys on awards.recipient_key = keys.recipient_key
    left join {{ ref('stg_ref__unit_ancestors') }} as rollups
        on awards.unit_code = rollups.unit_code
        and revoked.unit_code = rollups.ancestor_code
),

best as (
    select
        named.*,
        max(case when is_of_decision then 1 else 0 end) over (partition by row_id) as any_of_decision
    from named
    where is_of_decision or is_of_year
),

placed as (
    select
        *,
        max(case when is_at_work then 1 else 0 end) over (partition by row_id) as any_at_work
    from best
    where is_of_decision or any_of_decision = 0
),

chosen as (
    select
        row_id,
        event_id,
        recipient_id,
        is_of_decision
    from placed
    where is_at_work or any_at_work = 0
),

counted as (
    select
        row_id,
        count(distinct recipient_id) as recipients
    from chosen
    group by row_id
)

select
    chosen.row_id,
    chosen.event_id,
    chosen.recipient_id,
    chosen.is_of_decision,
    counted.recipients = 1 as is_certain
from chosen
inner join counted on chosen.row_id = counted.row_id
