"""The staging file of a home that an earlier version of the software made."""

from __future__ import annotations

import duckdb

from pipelines.warehouse.staging import prepare


def test_a_column_that_came_later_is_added_and_what_was_there_stays() -> None:
    connection = duckdb.connect()
    prepare(connection)
    connection.execute("ALTER TABLE raw.headcount_rows DROP COLUMN extra")
    connection.execute("INSERT INTO raw.headcount_rows BY NAME SELECT 'cu' AS submission_id")
    prepare(connection)
    assert connection.execute("SELECT submission_id, extra FROM raw.headcount_rows").fetchall() == [
        ("cu", None)
    ]
