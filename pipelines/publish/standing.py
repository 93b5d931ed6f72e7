"""A published file is begun as a copy of the one before: tables whose rows would be the same again stand.

Comparing rows by a digest costs a tenth of sorting and writing them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from pipelines.common.sql import quoted

MOST_UNUSED = 0.3
"""Share of a file that replaced tables may leave unused; with more it is written whole."""


def fresh_file(target: Path) -> Path:
    """Where a file is written before it replaces ``target``; leftovers of a killed night are removed."""
    fresh = target.with_name(f".{target.stem}.next.duckdb")
    fresh.parent.mkdir(parents=True, exist_ok=True)
    for leftover in (fresh, fresh.with_name(fresh.name + ".wal")):
        leftover.unlink(missing_ok=True)
    return fresh


def begun(target: Path, code_version: str) -> Path:
    """The file that is to replace ``target``: a copy of it, or nothing yet.

    It is begun empty where there is none, or one that cannot be read, was made by other code (which may
    publish other columns, in other words), or has too much unused.

    Args:
        target: the published file.
        code_version: of the code that publishes.
    """
    fresh = fresh_file(target)
    if target.exists() and _is_usable(target, code_version):
        shutil.copyfile(target, fresh)
    return fresh


def write(connection: duckdb.DuckDBPyConnection, database: str, table: str, rows: str) -> bool:
    """Write a table with its rows in a fixed order, unless it holds these very rows already.

    Args:
        connection: with the file attached for writing.
        database: the name it is attached under.
        table: the table's qualified name.
        rows: a query of its rows.

    Returns:
        Whether it was written.
    """
    target = f"{database}.{table}"
    if _looks(connection, f"FROM {target}") == _looks(connection, rows):
        return False
    connection.execute(f"CREATE OR REPLACE TABLE {target} AS FROM ({rows}) ORDER BY ALL")
    return True


def leave_only(connection: duckdb.DuckDBPyConnection, database: str, tables: set[str]) -> None:
    """Drop all views, which are made anew, and the tables that are no longer published."""
    listed = connection.execute(
        "SELECT 'VIEW', schema_name || '.' || view_name FROM duckdb_views() WHERE database_name = $1 "
        "AND NOT internal UNION ALL "
        "SELECT 'TABLE', schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = $1",
        [database],
    ).fetchall()
    for kind, name in listed:
        if kind == "VIEW" or name not in tables:
            connection.execute(f"DROP {kind} {database}.{name}")


def _looks(connection: duckdb.DuckDBPyConnection, rows: str) -> tuple[object, ...] | None:
    """Columns and rows as a short mark, whatever the order of the rows; None where there is no such table."""
    try:
        columns = connection.execute(f"DESCRIBE {rows}").fetchall()
    except duckdb.CatalogException:
        return None
    ((count, total),) = connection.execute(
        f"SELECT count(*), coalesce(sum(hash(one)), 0) FROM ({rows}) AS one"
    ).fetchall()
    return (*((name, kind) for name, kind, *_ in columns), count, total)


def _is_usable(path: Path, code_version: str) -> bool:
    try:
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH {quoted(path)} AS before (READ_ONLY)")
            made_by = connection.execute("SELECT code_version FROM before.meta.snapshot").fetchall()
            ((total, free),) = connection.execute(
                "SELECT total_blocks, free_blocks FROM pragma_database_size() WHERE database_name = 'before'"
            ).fetchall()
    except duckdb.Error:
        return False
    return made_by == [(code_version,)] and free <= MOST_UNUSED * total
