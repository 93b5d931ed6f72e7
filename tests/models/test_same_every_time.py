"""Same in, same out: whatever the threads and the order rows lie in, every model holds the same rows."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipelines.common.paths import Home
from pipelines.transform.compiled import build_models, in_memory

GIVEN = ("raw", "ref", "meta", "quality")
"""What a night gives its models."""
BUILT = ("staging", "intermediate", "marts")
SHUFFLES = {1: None, 2: 7, 4: 11, 8: 23}
"""Threads -> what rows of the given tables are shuffled by; None: as the night left them."""


def _tables(
    connection: duckdb.DuckDBPyConnection, database: str, schemas: tuple[str, ...]
) -> list[tuple[str, str]]:
    return connection.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = ? "
        "AND list_contains(?, schema_name) ORDER BY ALL",
        [database, list(schemas)],
    ).fetchall()


def _built(staging: Path, threads: int, shuffle: int | None) -> duckdb.DuckDBPyConnection:
    """All models over the raw tables of a night."""
    connection = in_memory()
    connection.execute(f"SET threads = {threads}")
    connection.execute(f"ATTACH '{staging}' AS night (READ_ONLY)")
    for schema, table in _tables(connection, "night", GIVEN):
        order = "" if shuffle is None else f"ORDER BY hash(t::VARCHAR || '{shuffle}')"
        connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
        connection.execute(
            f'CREATE TABLE "{schema}"."{table}" AS FROM night."{schema}"."{table}" AS t {order}'
        )
    connection.execute("DETACH night")
    build_models(connection)
    return connection


def _digests(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, str]]:
    """Rows and digest of every built table; the order of rows is no part of it, that of lists is."""
    return {
        f"{schema}.{table}": connection.execute(
            f"SELECT count(*), md5(coalesce(string_agg(h, '' ORDER BY h), '')) "
            f'FROM (SELECT md5(t::VARCHAR) AS h FROM "{schema}"."{table}" AS t)'
        ).fetchall()[0]
        for schema, table in _tables(connection, "thidua", BUILT)
    }


@pytest.fixture(scope="module")
def digests(sample_home: Home) -> dict[int, dict[str, tuple[int, str]]]:
    """Threads -> table -> digest."""
    found = {}
    for threads, shuffle in SHUFFLES.items():
        with _built(sample_home.staging, threads, shuffle) as connection:
            found[threads] = _digests(connection)
    return found


@pytest.mark.parametrize("threads", [2, 4, 8])
def test_threads_and_order_of_rows_change_nothing(
    digests: dict[int, dict[str, tuple[int, str]]], threads: int
) -> None:
    differing = [name for name, digest in digests[1].items() if digests[threads].get(name) != digest]
    assert differing == []


def test_there_is_something_to_compare(digests: dict[int, dict[str, tuple[int, str]]]) -> None:
    assert sum(rows for rows, _ in digests[1].values()) > 10_000
    assert {name.split(".")[0] for name in digests[1]} == set(BUILT) - {"staging"}
