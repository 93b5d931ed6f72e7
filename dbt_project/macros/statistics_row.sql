{# What an award says to a row of the ministry's tables: the value of what the row counts by (ref.statistics_rows). #}
{% macro statistics_value(by, award) -%}
    case {{ by }}
        when 'all' then ''
        when 'undated' then ''
        when 'kind' then {{ award }}.recipient_kind
        when 'class' then case when {{ award }}.recipient_kind = 'ca_nhan' then coalesce({{ award }}.object_class, '') end
        when 'manner' then coalesce({{ award }}.sub_kind, 'award:' || {{ award }}.award_code)
        when 'programme' then {{ award }}.programme_id
    end
{%- endmacro %}

{# Statistical year of a day: from a month of the year before. #}
{% macro statistics_year(day, from_month) -%}
    year({{ day }}) + case when {{ from_month }} > 1 and month({{ day }}) >= {{ from_month }} then 1 else 0 end
{%- endmacro %}
