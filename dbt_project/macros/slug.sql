{# A text as a code: «Khu phố» → khu_pho. Labels of the criteria's codes are their Vietnamese names. #}
{% macro slug(text) -%}
    trim(regexp_replace(replace(lower(strip_accents({{ text }})), 'đ', 'd'), '[^a-z0-9]+', '_', 'g'), '_')
{%- endmacro %}
