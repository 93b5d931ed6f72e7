"""Rows that belong together, by a column: those that differ are replaced, the others are not touched."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from pipelines.common import differing

ROWS = "SELECT 'u' || n % 10 AS unit, n, 'text ' || n AS told FROM range(100) AS r(n)"
CHANGES: dict[str, tuple[str, set[str | None]]] = {
    "nothing": (ROWS, set()),
    "one row": (
        f"SELECT * REPLACE (CASE WHEN n = 13 THEN 'other' ELSE told END AS told) FROM ({ROWS})",
        {"u3"},
    ),
    "a unit went": (f"FROM ({ROWS}) WHERE unit <> 'u4'", {"u4"}),
    "a unit came": (f"FROM ({ROWS}) UNION ALL SELECT 'new', 1, NULL", {"new"}),
    "a row stands twice": (f"FROM ({ROWS}) UNION ALL SELECT 'u5', 5, 'text 5'", {"u5"}),
    "a row moves": (
        f"SELECT * REPLACE (CASE WHEN n = 7 THEN 'u8' ELSE unit END AS unit) FROM ({ROWS})",
        {"u7", "u8"},
    ),
    "of none": (
        f"SELECT * REPLACE (CASE WHEN n = 7 THEN NULL ELSE unit END AS unit) FROM ({ROWS})",
        {"u7", None},
    ),
}


@pytest.fixture
def table() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE one AS {ROWS}")
        yield connection


@pytest.mark.parametrize("change", CHANGES)
def test_rows_are_those_that_should_be_and_back_again(change: str, table: duckdb.DuckDBPyConnection) -> None:
    rows, units = CHANGES[change]
    for now in (rows, ROWS):
        before = differing.digest(table, "FROM one")
        stood = table.execute("SELECT rowid, one.* FROM one").fetchall()
        found = differing.look_together(table, "unit", "FROM one", f"FROM ({now})")
        assert found.differ == len(units)
        told = differing.exchange(table, "one", "unit", f"FROM ({now})", ["unit"])
        assert {unit for (unit,) in told} == units
        assert table.execute(f"FROM one EXCEPT ALL FROM ({now})").fetchall() == []
        assert table.execute(f"FROM ({now}) EXCEPT ALL FROM one").fetchall() == []
        after = differing.digest(table, "FROM one")
        assert found.more == tuple(one - other for one, other in zip(after, before, strict=True))
        kept = {row for row in stood if row[1] not in units}
        assert kept <= set(table.execute("SELECT rowid, one.* FROM one").fetchall())
