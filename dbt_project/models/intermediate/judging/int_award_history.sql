-- Grain: one row per nominee who is asked for earlier awards and award of any unit's and programme's lists that names
-- somebody of the name. `is_certain`: the same recipient, or the same workplace too, and decided before; a name alone
-- tells nothing for certain.
with asked as (
    select distinct leaves.class_no
    from {{ ref('int_class_leaves') }} as leaves
    inner join {{ ref('stg_ref__rule_nodes') }} as nodes on leaves.leaf_no = nodes.node_no
    where nodes.op = 'never_awarded'
),

-- the units whose lists speak of a unit's own people: itself, whom it came after, the same body in other programmes
kin as (
    select standing_code as unit_code, unit_code as kin_code from {{ ref('stg_ref__unit_standings') }}
    union
    select units.unit_code, others.unit_code
    from {{ ref('stg_ref__units') }} as units
    inner join {{ ref('stg_ref__units') }} as others on units.agency_code = others.agency_code
),

people as (
    select
        subjects.subject_no,
        subjects.class_no,
        nominations.recipient_kind,
        nominations.link_key,
        nominations.unit_code,
        nominations.received_on,
        coalesce(replace(works.slug, 'y', 'i'), {{ place_key('nominations.workplace_key') }}) as work_slug,
        coalesce(members.recipient_id, mentions.recipient_key) as recipient_id
    from {{ ref('int_subjects') }} as subjects
    inner join asked on subjects.class_no = asked.class_no
    inner join {{ ref('int_nominations') }} as nominations on subjects.subject_id = nominations.nomination_id
    left join {{ ref('int_recipient_mentions') }} as mentions
        on mentions.about = 'nomination'
        and nominations.nomination_id = mentions.about_id
    left join {{ ref('int_recipient_members') }} as members on mentions.recipient_key = members.recipient_key
    left join (
        select subject_no, max(slug) as slug
        from {{ ref('int_told_facts') }}
        where field in ('don_vi_cong_tac', 'chuc_vu_don_vi_dia_chi.don_vi_cong_tac')
        group by subject_no
    ) as works on subjects.subject_no = works.subject_no
    where nominations.link_key is not null
),

named as (
    select
        people.subject_no,
        people.class_no,
        awards.award_id as award_row_id,
        coalesce(people.recipient_id = coalesce(members.recipient_id, awards.recipient_key), false)
        or people.recipient_kind is not null
        and coalesce(people.work_slug = {{ place_key('awards.workplace_key') }}, false) as is_same,
        kin.unit_code is not null as is_of_unit,
        people.received_on,
        awards.recipient_kind,
        awards.award_code,
        awards.award_year,
        awards.decision_no,
        awards.decision_date,
        awards.source_file,
        awards.source_sheet,
        awards.source_cell
    from people
    inner join {{ ref('int_award_events') }} as awards
        on people.link_key = awards.name_key
        and (people.recipient_kind is null or people.recipient_kind = awards.recipient_kind)
    left join {{ ref('int_recipient_members') }} as members on awards.recipient_key = members.recipient_key
    left join kin
        on people.unit_code = kin.unit_code
        and awards.unit_code = kin.kin_code
    where awards.award_code is not null
        and awards.award_id not in (select event_id from {{ ref('int_revoked_awards') }})
        -- what is won later is no history
        and coalesce(awards.decision_date < people.received_on, awards.award_year <= year(people.received_on), true)
)

select
    subject_no,
    class_no,
    award_row_id,
    award_code,
    award_year,
    decision_no,
    decision_date,
    source_file,
    source_sheet,
    source_cell,
    is_same and coalesce(decision_date < received_on, award_year < year(received_on), false) as is_certain
from named
-- every unit has its «Phòng Nội vụ»: of a collective the name counts in its own unit only
where is_same or is_of_unit or recipient_kind <> 'tap_the'
