{# Kinds of names that are no awards: ratings, recognitions, honours (docs/contract.md#values). #}
{% macro is_no_award(kind) -%}
    coalesce({{ kind }} in ('xep_loai_hoac_cong_nhan', 'ton_vinh'), false)
{%- endmacro %}
{# Said not to have been won: «Không», «Chưa đạt»; with the code of the title where the content names one. #}
{% macro is_denial(fact) -%}
    coalesce({{ fact }}.code like 'false%' or regexp_matches({{ fact }}.slug, '^(khong|chua)(_|$)'), false)
{%- endmacro %}
