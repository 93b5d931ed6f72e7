"""The second published file, for wider use: the same marts without the columns that may name a person."""

from __future__ import annotations

import os

import duckdb

from pipelines.common.paths import Home
from pipelines.common.sql import quoted
from pipelines.publish.comments import comment
from pipelines.publish.marts import Table, marts, meta_tables
from pipelines.publish.snapshot import STORAGE_VERSION, fresh_file, sync

META = ("snapshot",)
"""Of schema meta only this: why a night failed may quote what was written in a file."""


def open_columns() -> dict[tuple[str, str], list[str]]:
    """The columns that may go to everyone, by schema and table: declared, and not tagged."""
    tables: list[Table] = [*marts(), *(table for table in meta_tables() if table.name in META)]
    return {
        (table.schema, table.name): [column.name for column in table.columns if not column.pii]
        for table in tables
    }


def publish(home: Home) -> list[str]:
    """Make the file anew from the published one and put it in its place in a single step.

    A table or column nobody has declared stays out.

    Returns:
        The published tables, ``schema.name``.
    """
    fresh = fresh_file(home.public_warehouse)
    connection = duckdb.connect()
    published = []
    try:
        connection.execute("SET TimeZone = 'Asia/Ho_Chi_Minh'")
        connection.execute(f"ATTACH {quoted(home.warehouse)} AS whole (READ_ONLY)")
        connection.execute(f"ATTACH {quoted(fresh)} AS open (STORAGE_VERSION '{STORAGE_VERSION}')")
        there = set(
            connection.execute(
                "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'whole'"
            ).fetchall()
        )
        for (schema, name), columns in open_columns().items():
            if (schema, name) not in there or not columns:
                continue
            listed = ", ".join(f'"{column}"' for column in columns)
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS open.{schema}")
            # Sorted anew: the order of the whole file would tell whose name comes first.
            whole = f'SELECT {listed} FROM whole.{schema}."{name}"'
            connection.execute(f'CREATE TABLE open.{schema}."{name}" AS {whole} ORDER BY ALL')
            published.append(f"{schema}.{name}")
        comment(connection, "open", [*marts(), *meta_tables()])
        connection.execute("CHECKPOINT open")
        connection.execute("DETACH open")
    finally:
        connection.close()
    sync(fresh)
    fresh.chmod(0o444)
    os.replace(fresh, home.public_warehouse)
    return published
