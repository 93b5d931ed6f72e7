"""A night that was not published never was: what it noted of findings is taken back before the next one."""

from __future__ import annotations

from datetime import date

import duckdb

from pipelines.common.paths import Home
from pipelines.common.sql import quoted
from pipelines.common.transaction import transaction
from pipelines.contracts.raw import KEPT
from pipelines.publish.snapshot import dated
from pipelines.warehouse import staging

TABLES = ("quality.finding_nights", "quality.nights", "quality.check_counts")
NO_DIGEST = ""
"""Matches no digest of verdicts, so that the night's results are never reused."""


def undo(home: Home, as_of: date, run_id: str) -> int:
    """Forget the findings of a night that was held back, failed or was killed.

    Otherwise the next night would call every finding it had not seen fixed, and then reopened. Where that
    same date had been published before, its findings come back from the snapshot that is kept of it.

    Args:
        home: no other night runs in it.
        as_of: the night that was not published.
        run_id: of it; it had noted its publication before it was cut off.

    Returns:
        How many findings came back.
    """
    kept = dated(home, as_of)
    with staging.opened(home.staging) as connection:
        staging.prepare(connection)
        if kept.exists():
            connection.execute(f"ATTACH {quoted(kept)} AS kept (READ_ONLY)")
        with transaction(connection):
            connection.execute("UPDATE meta.nights SET published = false WHERE run_id = ?", [run_id])
            for table in TABLES:
                connection.execute(f"DELETE FROM {table} WHERE as_of = ?", [as_of])
            back = _bring_back(connection, as_of) if kept.exists() else 0
        if kept.exists():
            connection.execute("DETACH kept")
    return back


def _bring_back(connection: duckdb.DuckDBPyConnection, as_of: date) -> int:
    there = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = 'kept' "
        "AND schema_name = 'marts' AND table_name = 'fct_findings'"
    ).fetchall()
    columns = ", ".join(name for (name,) in there if name in KEPT["quality.finding_nights"])
    connection.execute(
        f"INSERT INTO quality.finding_nights BY NAME SELECT ?::DATE AS as_of, {columns} "
        "FROM kept.marts.fct_findings WHERE last_seen_on = ?",
        [as_of, as_of],
    )
    connection.execute("INSERT INTO quality.nights VALUES (?, ?)", [as_of, NO_DIGEST])
    rows = connection.execute(
        "SELECT count(*) FROM quality.finding_nights WHERE as_of = ?", [as_of]
    ).fetchall()
    return int(rows[0][0])
