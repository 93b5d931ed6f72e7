{# Verdicts as numbers: 0 fails, 1 unknown, 2 passes; NULL does not apply. all = min, any = max, not = 2 - v. #}
{% macro kleene(passes, fails) -%}
    case when {{ passes }} then 2 when {{ fails }} then 0 else 1 end
{%- endmacro %}
{% macro two_valued(passes) -%}
    case when {{ passes }} then 2 else 0 end
{%- endmacro %}
{% macro verdict_word(number) -%}
    case {{ number }} when 0 then 'fail' when 1 then 'unknown' when 2 then 'pass' end
{%- endmacro %}
{# Length of the longest run of consecutive years in a list of distinct years. #}
{% macro longest_run(years) -%}
    coalesce(list_max(map_values(list_histogram(
        list_transform(list_sort({{ years }}), lambda y, i: y - i)
    ))), 0)
{%- endmacro %}
{# The years of the window (first_year, last_year) that are not in a list. #}
{% macro years_not_in(years) -%}
    list_filter(range(first_year, last_year + 1), lambda y: not list_contains(coalesce({{ years }}, []), y))
{%- endmacro %}
