-- Grain: one row per unit, statistical year and whatever the ministry's tables part awards by. A decision without a day is of
-- no statistical year: it is kept with its award year, is_dated false. What was taken back is not counted.
{{ config(meta={'by': 'unit'}) }}
select
    events.programme_id,
    events.unit_code,
    case
        when events.decision_date is null then events.award_year
        else {{ statistics_year('events.decision_date', 'starts.from_month') }}
    end::integer as statistical_year,
    events.decision_date is not null as is_dated,
    events.award_code,
    events.recipient_kind,
    events.object_class,
    events.sub_kind,
    count(*) as amount
from {{ ref('int_award_events') }} as events
cross join {{ ref('stg_ref__statistics_year') }} as starts
where events.award_code in (select award_code from {{ ref('stg_ref__statistics_columns') }})
    and events.recipient_kind is not null
    and events.award_id not in (select event_id from {{ ref('int_revoked_awards') }})
group by all
