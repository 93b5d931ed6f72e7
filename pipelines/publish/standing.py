"""A published file is begun as a copy of the one before: rows that would be the same again stand.

Comparing rows by a digest costs a tenth of sorting and writing them. Where few differ only they are written.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import duckdb

from pipelines.common import differing
from pipelines.common.sql import quoted

MOST_UNUSED = 0.3
"""Share of a file that replaced tables may leave unused; with more it is written whole."""
MOST_REPLACED = 0.2
"""Share of a table's rows that may stand outside the order of the others; with more it is written whole."""


class Written(IntEnum):
    """What was done to a table."""

    NOTHING = 0
    ROWS = 1
    """Some were put in place of others."""
    WHOLE = 2
    """It was made anew: with no comments yet."""


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


def write(
    connection: duckdb.DuckDBPyConnection,
    database: str,
    table: str,
    rows: str,
    likely: str = "true",
    is_all: bool = False,
) -> Written:
    """Write the rows of a table that it does not hold already; one written whole has them in a fixed order.

    Args:
        connection: with the file attached for writing.
        database: the name it is attached under.
        table: the table's qualified name.
        rows: a query of its rows.
        likely: what is true of rows that differ, as far as is known; if others do, all are looked at.
        is_all: whether it is known for certain that no others do.
    """
    target = f"{database}.{table}"
    if is_all:
        if _replaced(connection, target, rows, likely):
            return Written.ROWS
        _write_whole(connection, target, rows)
        return Written.WHOLE
    before = _looks(connection, f"FROM {target}")
    now = before and _looks(connection, rows)
    if before is None or now is None or before.columns != now.columns:
        _write_whole(connection, target, rows)
        return Written.WHOLE
    if before == now:
        return Written.NOTHING
    for where in dict.fromkeys((likely, "true")):
        if not _replaced(connection, target, rows, where):
            _write_whole(connection, target, rows)
            return Written.WHOLE
        if where == "true" or differing.digest(connection, f"FROM {target}") == now.digest:
            break
    return Written.ROWS


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


@dataclass(frozen=True, slots=True)
class _Looks:
    """A table at a glance, whatever the order of its rows."""

    columns: tuple[tuple[str, str], ...]
    digest: tuple[int, int]


def _looks(connection: duckdb.DuckDBPyConnection, rows: str) -> _Looks | None:
    """None where there is no such table."""
    try:
        columns = connection.execute(f"DESCRIBE {rows}").fetchall()
    except duckdb.CatalogException:
        return None
    return _Looks(tuple((name, kind) for name, kind, *_ in columns), differing.digest(connection, rows))


def _write_whole(connection: duckdb.DuckDBPyConnection, target: str, rows: str) -> None:
    connection.execute(f"CREATE OR REPLACE TABLE {target} AS FROM ({rows}) ORDER BY ALL")


def _replaced(connection: duckdb.DuckDBPyConnection, target: str, rows: str, where: str) -> bool:
    """Put the rows that differ in place of those that were, at the end; False where they are too many."""
    now = f"FROM ({rows}) WHERE {where}"
    come = differing.look(connection, target, now, where).come
    # what was replaced in nights before has left gaps in the numbers of rows
    ((gaps, stand),) = connection.execute(
        f"SELECT coalesce(max(rowid) + 1, 0) - count(*), count(*) FROM {target}"
    ).fetchall()
    if gaps + come > MOST_REPLACED * stand:
        return False
    differing.put_in_place(connection, target, now)
    return True


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
