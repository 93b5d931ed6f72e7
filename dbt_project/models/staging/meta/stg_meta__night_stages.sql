-- Grain: one row per run and stage; a stage that was tried again has a row for each time.
select run_id, {{ each_stage('stages') }}
from {{ source('meta', 'nights') }}
