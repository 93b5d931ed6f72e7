-- Grain: one row per cell of coverage: when it is due, how it is judged, which kinds it counts.
with quotas as (
    select
        asked.cell_id,
        list(distinct kind order by kind) as kinds,
        list(distinct kind order by kind) filter (where counts = 'any') as any_kinds
    from (
        select cell_id, unnest({{ json_list('quota_ids') }}) as quota_id from {{ ref('stg_ref__coverage_cells') }}
    ) as asked
    inner join (
        select quota_id, counts, unnest({{ json_list('count_kinds') }}) as kind from {{ ref('stg_ref__quotas') }}
    ) as counted on asked.quota_id = counted.quota_id
    group by asked.cell_id
),

asked_documents as (
    select cell_id, count(distinct requirement_no) as requirements
    from {{ ref('stg_ref__coverage_requirements') }}
    group by cell_id
)

select
    cells.*,
    deadlines.day as deadline,
    deadlines.wording_vi as deadline_text_vi,
    -- «trước ngày X»: the last day on time is the day before
    deadlines.is_before::integer as days_before,
    -- the day named by the document, else the last day or the first (docs/contract.md#published)
    coalesce(deadlines.day, deadlines.due_from) as due_on,
    coalesce(asked_documents.requirements, 0) as requirements,
    -- a cell that requires documents counts documents, every other counts nominees
    asked_documents.cell_id is null as counts_nominees,
    {{ json_list('cells.filled_fields') }} as asked_fields,
    quotas.kinds,
    quotas.any_kinds
from {{ ref('stg_ref__coverage_cells') }} as cells
inner join {{ ref('stg_ref__deadlines') }} as deadlines on cells.cell_id = deadlines.cell_id
left join asked_documents on cells.cell_id = asked_documents.cell_id
left join quotas on cells.cell_id = quotas.cell_id
