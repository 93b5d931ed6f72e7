-- Grain: one row per cell and unit whose cap carries a condition («trong đó có ít nhất 01 cá nhân là …»).
with bound as (
    select
        asked.cell_id,
        quota_units.unit_code,
        conditions.* replace (from_json(conditions.subject_groups, '["VARCHAR"]') as subject_groups)
    from (
        select cell_id, unnest({{ json_list('quota_ids') }}) as quota_id
        from {{ ref('stg_ref__coverage_cells') }}
        where test = 'cap_use'
    ) as asked
    inner join {{ ref('stg_ref__quota_conditions') }} as conditions on asked.quota_id = conditions.quota_id
    inner join {{ ref('stg_ref__quota_units') }} as quota_units on asked.quota_id = quota_units.quota_id
),

-- the group may be written on one form of the dossier only
proposed as (
    select cell_id, unit_code, recipient_kind, name_key, list(distinct subject_group order by subject_group) as subject_groups
    from {{ ref('int_coverage_counted') }}
    where test = 'cap_use' and reason in ('counted', 'repeated')
    group by cell_id, unit_code, recipient_kind, name_key
),

counted as (
    select
        bound.cell_id,
        bound.unit_code,
        bound.quota_id,
        bound.at_least,
        count(proposed.name_key) as proposals,
        count(*) filter (where list_has_any(proposed.subject_groups, bound.subject_groups)) as of_group
    from bound
    inner join proposed
        on bound.cell_id = proposed.cell_id
        and bound.unit_code = proposed.unit_code
    where proposed.recipient_kind = bound.recipient_kind or trim({{ policy('POL-LS-SUBCOND') }}, '"') = 'always'
    group by all
)

select
    cell_id,
    unit_code,
    bool_and(of_group >= at_least) as meets_conditions
from counted
group by cell_id, unit_code
