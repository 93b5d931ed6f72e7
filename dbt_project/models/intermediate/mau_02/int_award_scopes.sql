-- Grain: one row per programme, unit that sent awards or stands above one, scope, and unit whose
-- awards or headcounts it holds: itself (own), or all below it and all it succeeded (rollup).
with senders as (
    select distinct programme_id, unit_code from {{ ref('int_mau_02_own') }}
),

shown as (
    select distinct senders.programme_id, rollups.ancestor_code as unit_code
    from senders
    inner join {{ ref('int_unit_rollups') }} as rollups on senders.unit_code = rollups.unit_code
),

contributors as (
    select programme_id, unit_code, bool_or(is_sender) as is_sender
    from (
        select programme_id, unit_code, true as is_sender from senders
        union all
        select programme_id, unit_code, false from {{ ref('int_headcounts') }}
    ) as everyone
    group by programme_id, unit_code
)

select
    shown.programme_id,
    shown.unit_code,
    'own' as scope,
    shown.unit_code as member_code,
    true as is_needed
from shown

union all

select
    shown.programme_id,
    shown.unit_code,
    'rollup' as scope,
    contributors.unit_code as member_code,
    contributors.is_sender as is_needed
from shown
inner join {{ ref('int_unit_rollups') }} as rollups on shown.unit_code = rollups.ancestor_code
inner join contributors
    on rollups.unit_code = contributors.unit_code
    and shown.programme_id = contributors.programme_id
