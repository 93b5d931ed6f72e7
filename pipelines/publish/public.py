"""The second published file, for wider use: the same marts without the columns that may name a person."""

from __future__ import annotations

import os

import duckdb

from pipelines.common.paths import Home
from pipelines.common.sql import quoted
from pipelines.publish.comments import comment
from pipelines.publish.marts import Table, marts, meta_tables
from pipelines.publish.snapshot import (
    SNAPSHOT,
    STORAGE_VERSION,
    Publication,
    night_of,
    sync,
)
from pipelines.publish.standing import Written, begun, leave_only
from pipelines.publish.states import Known, copy

META = ("snapshot",)
"""Of schema meta only this: why a night failed may quote what was written in a file, and from what rows come
to in two nights it can be guessed, and proved, who came."""


def open_columns() -> dict[tuple[str, str], list[str]]:
    """The columns that may go to everyone, by schema and table: declared, and not tagged."""
    tables: list[Table] = [*marts(), *(table for table in meta_tables() if table.name in META)]
    return {
        (table.schema, table.name): [column.name for column in table.columns if not column.pii]
        for table in tables
    }


def publish(home: Home, publication: Publication) -> list[str]:
    """Make the file from the published one and put it in its place in a single step.

    A table or column nobody has declared stays out.

    Args:
        home: the home that publishes.
        publication: of the file it is made from. What stands there stands here, too, where this file is of
            the night before.

    Returns:
        The published tables, ``schema.name``.
    """
    connection = duckdb.connect()
    published: dict[str, Written] = {}
    try:
        connection.execute("SET TimeZone = 'Asia/Ho_Chi_Minh'")
        connection.execute(f"ATTACH {quoted(home.warehouse)} AS whole (READ_ONLY)")
        connection.execute(f"ATTACH {quoted(home.staging)} AS built (READ_ONLY)")
        ((code_version,),) = connection.execute("SELECT code_version FROM whole.meta.snapshot").fetchall()
        fresh = begun(home.public_warehouse, code_version)
        connection.execute(f"ATTACH {quoted(fresh)} AS open (STORAGE_VERSION '{STORAGE_VERSION}')")
        is_of_before = publication.before == night_of(connection, f"open.{SNAPSHOT}")
        known = publication.known if is_of_before else Known(publication.known.tonight, {})
        there = set(
            connection.execute(
                "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'whole'"
            ).fetchall()
        )
        offered = {table: columns for table, columns in open_columns().items() if table in there and columns}
        leave_only(connection, "open", {f"{schema}.{name}" for schema, name in offered})
        for (schema, name), columns in offered.items():
            if is_of_before and f"{schema}.{name}" in publication.stand:
                published[f"{schema}.{name}"] = Written.NOTHING
                continue
            listed = ", ".join(f'"{column}"' for column in columns)
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS open.{schema}")
            # Sorted anew: the order of the whole file would tell whose name comes first.
            rows = f'SELECT {listed} FROM whole.{schema}."{name}"'
            published[f"{schema}.{name}"] = copy(connection, "open", (schema, name), rows, known, columns)
        anew = {name for name, written in published.items() if written is Written.WHOLE}
        comment(
            connection,
            "open",
            [one for one in (*marts(), *meta_tables()) if f"{one.schema}.{one.name}" in anew],
        )
        connection.execute("CHECKPOINT open")
        connection.execute("DETACH open")
    finally:
        connection.close()
    sync(fresh)
    fresh.chmod(0o444)
    os.replace(fresh, home.public_warehouse)
    return list(published)
