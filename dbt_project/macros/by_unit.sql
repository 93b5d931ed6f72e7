{# A model whose rows of a unit are made of that unit's rows only: a night in which few units sent something replaces theirs.
   meta.changed_units is no source: it says which rows are made tonight, not what they are made of. #}
{% macro by_unit() -%}
    {{ config(materialized='incremental', incremental_strategy='append', pre_hook='{{ without_changed_units() }}') }}
{%- endmacro %}
{# Before rows are made again: those of changed units go, also where nothing comes in their place. #}
{% macro without_changed_units() -%}
    {% if is_incremental() %}delete from {{ this }} where unit_code in (select unit_code from meta.changed_units){% endif %}
{%- endmacro %}
{# Whether a row is of a unit that is counted tonight: of any, where the whole model is built. #}
{% macro is_counted_tonight(unit_code) -%}
    {% if is_incremental() %}{{ unit_code }} in (select unit_code from meta.changed_units){% else %}true{% endif %}
{%- endmacro %}
