{# The rules int_award_flags judges: rule, the field its finding points at, whether its rows lack a value or hold a wrong one. #}
{% macro award_row_rules() -%}
    {{ return([
        ('KT-TEN', 'recipient_name', true), ('CP-ALL-LOAI', 'kind', true), ('KT-DANH-HIEU-TRONG', 'award', true),
        ('KT-DANH-HIEU', 'award', false), ('KT-KHONG-PHAI-KHEN', 'award', false), ('KT-NAM', 'year', true),
        ('KT-NGOAI-KY', 'year', false), ('KT-DOI-TUONG', 'award', false), ('CP-ALL-CO-SO', 'object_class', true),
        ('CP-ALL-LANH-DAO', 'object_class', true), ('CP-ALL-MAU-THUAN', 'object_class', false),
        ('CP-ALL-TRUNG', 'recipient_name', false),
    ]) }}
{%- endmacro %}
