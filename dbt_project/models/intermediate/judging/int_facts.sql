-- Grain: one row per fact of a subject: what its own records tell, and what those of the unit it heads tell.
{{ config(materialized='view') }}
select *, false as is_partial from {{ ref('int_told_facts') }}
union all by name
select * from {{ ref('int_led_facts') }}
