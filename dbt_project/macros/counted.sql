{# Of a table that another engine counted tonight (schema counted, pipelines/transform/counted.py) the rows are there: dbt brings
   them in, holds them to their contract, describes and tests them as always. #}
{% macro duckdb__create_table_as(temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none) -%}
    {%- set counted = adapter.get_relation(this.database, 'counted', this.identifier) -%}
    {%- set rows = 'select * from ' ~ counted if counted else compiled_code -%}
    {{ return(dbt.duckdb__create_table_as(temporary, relation, rows, language, partitioned_by, sorted_by)) }}
{%- endmacro %}
