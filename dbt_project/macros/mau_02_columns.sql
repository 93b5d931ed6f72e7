{# Columns of a filled mẫu 02: id on the form -> measure. #}
{% macro mau_02_count_columns() -%}
    {{ return({
        'sl_tap_the': 'collectives', 'sl_ca_nhan': 'individuals', 'sl_gia_dinh': 'households',
        'cs_tap_the_sl': 'grassroots_collectives', 'cs_ca_nhan_sl': 'direct_individuals',
    }) }}
{%- endmacro %}
