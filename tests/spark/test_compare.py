"""What counts as the same rows."""

from __future__ import annotations

import duckdb
import pytest

from pipelines.spark.compare import difference

COLUMNS = {"id": "INTEGER", "share": "DOUBLE", "text": "VARCHAR"}


@pytest.fixture
def both() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE one AS FROM (VALUES (1, 0.1::double, 'a'), (2, 1e12::double, NULL), (2, NULL, NULL)) "
        "AS t(id, share, text)"
    )
    connection.execute("CREATE TABLE other AS FROM one ORDER BY id DESC, share")
    return connection


def _found(connection: duckdb.DuckDBPyConnection) -> tuple[int, int] | None:
    found = difference(connection, "t", "one", "other", COLUMNS)
    return found and (found.missing, found.added)


def test_order_and_a_billionth_are_no_difference(both: duckdb.DuckDBPyConnection) -> None:
    both.execute("UPDATE other SET share = share * (1 + 5e-10)")
    assert _found(both) is None


def test_a_millionth_is_a_difference(both: duckdb.DuckDBPyConnection) -> None:
    both.execute("UPDATE other SET share = share * (1 + 1e-6)")
    assert _found(both) == (2, 2)


def test_a_row_twice_is_a_difference(both: duckdb.DuckDBPyConnection) -> None:
    both.execute("INSERT INTO other FROM one WHERE id = 1")
    assert _found(both) == (0, 1)


def test_what_differs_is_told_with_both_values(both: duckdb.DuckDBPyConnection) -> None:
    both.execute("UPDATE other SET text = 'b' WHERE id = 1")
    found = difference(both, "t", "one", "other", COLUMNS)
    assert found is not None
    assert found.examples == ("text: a | b",)
