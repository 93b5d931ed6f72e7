"""The staging file: of a home that an earlier version of the software made, and after many nights."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse.staging import NIGHTS_OF_GAPS, opened, prepare

GROUP = 122_880
"""Rows the engine keeps together."""


def test_a_column_that_came_later_is_added_and_what_was_there_stays() -> None:
    connection = duckdb.connect()
    prepare(connection)
    connection.execute("ALTER TABLE raw.headcount_rows DROP COLUMN extra")
    connection.execute("INSERT INTO raw.headcount_rows BY NAME SELECT 'cu' AS submission_id")
    prepare(connection)
    assert connection.execute("SELECT submission_id, extra FROM raw.headcount_rows").fetchall() == [
        ("cu", None)
    ]


@pytest.mark.parametrize("nights", [0, 1, NIGHTS_OF_GAPS - 1, NIGHTS_OF_GAPS, NIGHTS_OF_GAPS + 1])
def test_gaps_of_replaced_rows_are_closed_in_one_night_of_seven(tmp_path: Path, nights: int) -> None:
    path = tmp_path / "staging.duckdb"
    with opened(path) as connection:
        prepare(connection)
        days = [[date(2025, 11, 1) + timedelta(day)] for day in range(nights)]
        if days:
            connection.executemany("INSERT INTO quality.nights (as_of) VALUES (?)", days)
        connection.execute(f"CREATE TABLE raw.long AS SELECT range AS n FROM range({4 * GROUP})")
    with opened(path) as connection:
        connection.execute("DELETE FROM raw.long WHERE n % 4 <> 0")
    with opened(path) as connection:
        ((rows, total, groups),) = connection.execute(
            "SELECT (SELECT count(*) FROM raw.long), (SELECT sum(n) FROM raw.long), "
            "count(DISTINCT row_group_id) FROM pragma_storage_info('raw.long')"
        ).fetchall()
    assert (rows, total) == (GROUP, sum(range(0, 4 * GROUP, 4)))
    assert groups == (1 if nights % NIGHTS_OF_GAPS == 0 else 4)
