"""Publication: marts of the staging file → one new file that replaces the old one in a single step."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from pipelines.common.paths import Home
from pipelines.common.retention import outdated
from pipelines.common.sql import quoted
from pipelines.common.two_folders import show, unseen
from pipelines.publish import nights
from pipelines.publish.comments import comment
from pipelines.publish.marts import marts, meta_tables
from pipelines.publish.standing import Written, begun, fresh_file, leave_only
from pipelines.publish.states import STATES, Known, copy, known_of, say

PUBLISHED_SCHEMAS = ("marts", "meta")
UNPUBLISHED = {
    ("meta", name)
    for name in (
        "file_states",
        "reader",
        "night",
        "source_digests",
        "unit_digests",
        "changed",
        "built",
    )
}
SNAPSHOT = "meta.snapshot"
# Clients of DuckDB 1.x open this format; without it only 2.x does.
STORAGE_VERSION = "v1.0.0"
# as fast as any codec that was measured, and half of what the default leaves on disk
PARQUET = (
    "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, "
    "DICTIONARY_SIZE_LIMIT 5000, WRITE_BLOOM_FILTER false"
)


@dataclass(frozen=True, slots=True)
class Publication:
    """What a night published."""

    tables: list[str]
    """``schema.name``."""
    stand: frozenset[str]
    """Those of them that are as they were in the file before."""
    before: list[tuple[object, ...]]
    """Rows of that file's ``meta.snapshot``; none where all was written anew."""
    known: Known
    """What was known of the rows of that file and of tonight's."""


def publish(home: Home, published_at: str) -> Publication:
    """Publish the marts of the staging file: a file beside the published one, put in its place when whole.

    Args:
        home: the home that publishes.
        published_at: ISO time stamp written to ``meta.snapshot``.

    Raises:
        RuntimeError: if the new file was not written whole; the published one is untouched then.
    """
    parquet, connection = unseen(home.parquet), duckdb.connect()
    try:
        connection.execute("SET TimeZone = 'Asia/Ho_Chi_Minh'")
        connection.execute(f"ATTACH {quoted(home.staging)} AS built (READ_ONLY)")
        ((code_version,),) = connection.execute("SELECT code_version FROM built.meta.night").fetchall()
        fresh = begun(home.warehouse, code_version)
        connection.execute(f"ATTACH {quoted(fresh)} AS fresh (STORAGE_VERSION '{STORAGE_VERSION}')")
        before = night_of(connection, f"fresh.{SNAPSHOT}")
        beside = before and before == night_of(connection, quoted(home.parquet / f"{SNAPSHOT}.parquet"))
        known = known_of(connection, "fresh")
        tables = _copy(connection, published_at, known)
        _copy_views(connection)
        stand = frozenset(name for name, written in tables.items() if not written)
        commented = {name for name, written in tables.items() if written is not Written.WHOLE}
        comment(
            connection,
            "fresh",
            [one for one in (*marts(), *meta_tables()) if f"{one.schema}.{one.name}" not in commented],
        )
        for table in tables:
            target = parquet / f"{table}.parquet"
            if beside and table in stand:
                os.link(home.parquet / target.name, target)
                continue
            connection.execute(f"COPY fresh.{table} TO {quoted(target)} ({PARQUET})")
            target.chmod(0o440)
        connection.execute("CHECKPOINT fresh")
        connection.execute("DETACH fresh")
    finally:
        connection.close()
    if fresh.with_name(fresh.name + ".wal").exists():
        raise RuntimeError("the new warehouse file still has a write-ahead log; it is not published")

    sync(fresh)
    fresh.chmod(0o440)
    os.replace(fresh, home.warehouse)
    show(parquet, home.parquet)
    return Publication(list(tables), stand, before, known)


def _copy(connection: duckdb.DuckDBPyConnection, published_at: str, known: Known) -> dict[str, Written]:
    """Copy what changed of the tables: the published ones, and what was done to each."""
    listed = connection.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() "
        "WHERE database_name = 'built' AND schema_name IN ? ORDER BY ALL",
        [list(PUBLISHED_SCHEMAS)],
    ).fetchall()
    names = [one for one in (*listed, *_over_unpublished(connection)) if one not in UNPUBLISHED]
    tables = [f'{schema}."{name}"' for schema, name in names]
    for schema in PUBLISHED_SCHEMAS:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS fresh.{schema}")
    leave_only(connection, "fresh", {*(f"{schema}.{name}" for schema, name in names), SNAPSHOT, STATES})
    published = {
        f"{schema}.{name}": copy(connection, "fresh", (schema, name), f"FROM built.{table}", known)
        for (schema, name), table in zip(names, tables, strict=True)
    }
    states = {name: known.tonight[name].state for name in published if name in known.tonight}
    published[STATES] = say(connection, "fresh", states)
    connection.execute(
        f"CREATE OR REPLACE TABLE fresh.{SNAPSHOT} AS "
        "SELECT as_of, run_id, code_version, input_digest, ?::TIMESTAMPTZ AS published_at "
        "FROM built.meta.night",
        [published_at],
    )
    return published | {SNAPSHOT: Written.WHOLE}


def _over_unpublished(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Views over what is not published (the checks of the night): their rows are published as tables."""
    return connection.execute(
        "SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = 'built' "
        "AND schema_name IN ? AND NOT internal "
        r"""AND regexp_matches(sql, '\b(quality|staging)"?\.') ORDER BY ALL""",
        [list(PUBLISHED_SCHEMAS)],
    ).fetchall()


def _copy_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the views anew over the copied tables; they name tables by schema: they hold in any file."""
    tables = set(_over_unpublished(connection))
    connection.execute("USE fresh")
    for schema, name, sql in connection.execute(
        "SELECT schema_name, view_name, sql FROM duckdb_views() "
        "WHERE database_name = 'built' AND schema_name IN ? AND NOT internal ORDER BY view_oid",
        [list(PUBLISHED_SCHEMAS)],
    ).fetchall():
        if (schema, name) in tables:
            continue
        body = sql.split(" AS ", 1)[1]
        connection.execute(f'CREATE VIEW {schema}."{name}" AS {body}')
    nights.make_views(connection)
    connection.execute("USE memory")


def night_of(connection: duckdb.DuckDBPyConnection, place: str) -> list[tuple[object, ...]]:
    """Which night a file or a folder of Parquet holds; nothing where that cannot be read.

    Args:
        connection: a connection.
        place: of ``meta.snapshot``.
    """
    try:
        return connection.execute(f"FROM {place}").fetchall()
    except duckdb.Error:
        return []


def published_run(home: Home) -> str | None:
    """The run whose night is published; None where nothing is."""
    try:
        with duckdb.connect(str(home.warehouse), read_only=True) as connection:
            rows = connection.execute("SELECT run_id FROM meta.snapshot").fetchall()
    except duckdb.Error:  # not there yet, or damaged
        return None
    return str(rows[0][0])


def dated(home: Home, as_of: date) -> Path:
    """Where the snapshot of a night is kept."""
    return home.snapshots / f"thidua-{as_of.isoformat()}.duckdb"


def keep_dated(home: Home, as_of: date) -> None:
    """Keep a dated copy of the published file (a link, so it costs no space until replaced)."""
    home.snapshots.mkdir(parents=True, exist_ok=True)
    copy = dated(home, as_of)
    if not copy.exists() or not copy.samefile(home.warehouse):
        link = fresh_file(copy)
        os.link(home.warehouse, link)
        os.replace(link, copy)
    for path in outdated(home.snapshots.glob("thidua-*.duckdb")):
        path.unlink()


def sync(path: Path) -> None:
    """Wait until a file is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
