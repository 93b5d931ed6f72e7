{# A decision's number as it is compared: small letters, no blanks, dashes of one kind, QĐ as QD, without what may stand before
   the number itself («Số», «QĐ số») and zeros before it. #}
{% macro decision_key(decision_no) %}{{ return(adapter.dispatch('decision_key')(decision_no)) }}{% endmacro %}

{% macro default__decision_key(decision_no) -%}
    regexp_replace(
        translate(lower({{ decision_no }}), 'đ‐‑‒–—―−', 'd-------'),
        '^\s*(quyết dịnh|quyet dinh|qd)?\s*(số|so)?\s*[:.]?\s*0*|\s+', '', 'g'
    )
{%- endmacro %}
