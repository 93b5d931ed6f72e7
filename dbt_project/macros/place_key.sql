{# A post or the name of a unit, to be compared: without diacritics and signs, i and y one letter. #}
{% macro place_key(text) -%}
    replace({{ slug(text) }}, 'y', 'i')
{%- endmacro %}
