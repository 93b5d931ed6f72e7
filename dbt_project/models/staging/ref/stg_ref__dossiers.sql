-- Grain: one row per programme and family of forms that has dossiers: one for the programme, or one a year or phase.
select * from {{ source('ref', 'dossiers') }}
