{# A night on Spark has counted the tables before dbt builds them: dbt brings their rows in from Parquet, holds them to their
   contracts, describes and tests them as always. #}
{% macro duckdb__create_table_as(temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none) -%}
    {%- set folder = env_var('THIDUA_COUNTED', '') -%}
    {%- if folder -%}
        {%- set compiled_code = "select * from read_parquet('" ~ folder ~ "/" ~ this.schema ~ "." ~ this.identifier ~ ".parquet/*.parquet')" -%}
    {%- endif -%}
    {{ return(dbt.duckdb__create_table_as(temporary, relation, compiled_code, language, partitioned_by, sorted_by)) }}
{%- endmacro %}
