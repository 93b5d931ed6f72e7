"""Comments on all tables and columns of a file that is being published."""

from __future__ import annotations

import duckdb

from pipelines.common.sql import quoted
from pipelines.common.transaction import transaction
from pipelines.publish.marts import Table


def comment(connection: duckdb.DuckDBPyConnection, database: str, tables: list[Table]) -> None:
    """Write label, meaning and unit onto the tables and columns that are there.

    Args:
        connection: with the file attached for writing.
        database: the name it is attached under.
        tables: what is known; a table or column the file has not is passed over.
    """
    there = set(
        connection.execute(
            "SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE database_name = ?",
            [database],
        ).fetchall()
    )
    views = set(
        connection.execute(
            "SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = ?", [database]
        ).fetchall()
    )
    with transaction(connection):  # else each of thousands of statements would be written through to the disk
        for table in tables:
            name = f'{database}.{table.schema}."{table.name}"'
            columns = [column for column in table.columns if (table.schema, table.name, column.name) in there]
            if columns:
                kind = "VIEW" if (table.schema, table.name) in views else "TABLE"
                connection.execute(f"COMMENT ON {kind} {name} IS {quoted(table.comment)}")
            for column in columns:
                connection.execute(f'COMMENT ON COLUMN {name}."{column.name}" IS {quoted(column.comment)}')
