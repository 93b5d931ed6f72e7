-- Grain: one row per row of a counted award list; a verdict per rule that applies to it. What the row tells is in int_award_rows.
{{ config(meta={'by': 'unit'}) }}
with hinted as (
    select
        rows.row_id,
        -- the first hint whose beginning the position has; NULL where none has
        min_by(hints.object_class, hints.hint_order) as suggested_class
    from {{ ref('int_award_rows') }} as rows
    inner join {{ ref('stg_ref__position_hints') }} as hints
        on starts_with(lower(rows.position), lower(hints.starts_with))
    where rows.recipient_kind = 'ca_nhan'
    group by rows.row_id
),

rows as (
    select
        award_rows.*,
        hinted.suggested_class,
        suggested.label as suggested_label,
        suggested.is_direct as suggested_direct,
        suggested.is_leader as suggested_leader,
        programmes.first_award_year as award_year_from,
        programmes.last_award_year as award_year_to,
        kinds.award_code is not null as is_kind_allowed
    from {{ ref('int_award_rows') }} as award_rows
    left join hinted on award_rows.row_id = hinted.row_id
    left join {{ ref('stg_ref__object_classes') }} as suggested
        on hinted.suggested_class = suggested.object_class
        and suggested.recipient_kind = 'ca_nhan'
    left join {{ ref('stg_ref__programmes') }} as programmes
        on award_rows.programme_id = programmes.programme_id
    left join {{ ref('stg_ref__award_kinds') }} as kinds
        on award_rows.award_code = kinds.award_code
        and award_rows.recipient_kind = kinds.recipient_kind
)

select
    row_id,
    unit_code,
    form_id,
    submission_id,
    source_sheet,
    is_duplicate,
    suggested_label,
    {{ verdict('recipient_name is not null') }} as "KT-TEN",
    {{ verdict('recipient_kind is not null') }} as "CP-ALL-LOAI",
    {{ verdict('award_raw is not null') }} as "KT-DANH-HIEU-TRONG",
    case when award_raw is not null then {{ verdict('award_code is not null') }} end as "KT-DANH-HIEU",
    case when award_code is not null then {{ verdict('not is_no_award') }} end as "KT-KHONG-PHAI-KHEN",
    {{ verdict('award_year is not null') }} as "KT-NAM",
    case when award_year is not null and award_year_from is not null
        then {{ verdict('award_year between award_year_from and award_year_to') }} end as "KT-NGOAI-KY",
    case when award_code is not null and recipient_kind is not null and not is_no_award
        then {{ verdict('is_kind_allowed') }} end as "KT-DOI-TUONG",
    case when recipient_kind in ('ca_nhan', 'tap_the') and object_class_raw is null
        then 'fail' when recipient_kind in ('ca_nhan', 'tap_the') then 'pass' end as "CP-ALL-CO-SO",
    case when recipient_kind = 'ca_nhan' then {{ verdict('object_class_raw is not null') }} end as "CP-ALL-LANH-DAO",
    case when suggested_class is not null and object_class is not null
        then {{ verdict('suggested_leader is not distinct from is_leader and suggested_direct is not distinct from is_direct') }}
    end as "CP-ALL-MAU-THUAN",
    {{ verdict('not is_duplicate') }} as "CP-ALL-TRUNG"
from rows
