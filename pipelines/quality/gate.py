"""The gate: structural failures hold publication back; incomplete nominations never do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import yaml

from pipelines.paths import Home
from pipelines.texts import text


@dataclass(frozen=True, slots=True)
class GateResult:
    """One check of the gate."""

    name: str
    passed: bool
    why: str
    """Vietnamese sentence with the figures; empty when passed."""
    do: str
    """What the operator does about it; empty when passed."""


def _limits() -> dict[str, float]:
    loaded: dict[str, float] = yaml.safe_load(Path(__file__).with_name("gate.yml").read_text("utf-8"))
    return loaded


def check(home: Home) -> list[GateResult]:
    """Compare tonight's marts with the published snapshot.

    Args:
        home: its staging file holds tonight's marts, its warehouse the last published ones.

    Returns:
        One result per bound of gate.yml; all pass where nothing was published before.
    """
    connection = duckdb.connect()
    try:
        connection.execute(f"ATTACH '{home.staging}' AS staging (READ_ONLY)")
        has_before = home.warehouse.exists()
        if has_before:
            connection.execute(f"ATTACH '{home.warehouse}' AS before (READ_ONLY)")
            has_before = _later_or_same_night(connection)
        results = []
        for name, table, condition in (
            ("award_events_drop", "marts.fct_awards", "true"),
            ("submissions_drop", "marts.fct_submissions", "status = 'accepted'"),
        ):
            now = _count(connection, "staging", table, condition)
            before = _count(connection, "before", table, condition) if has_before else 0
            lost = (before - now) / before if before else 0.0
            if lost > _limits()[name] and before >= _limits()["from_rows"]:
                share = f"{lost * 100:.1f}".replace(".", ",")
                values = {"before": _whole(before), "now": _whole(now), "share": share}
                results.append(
                    GateResult(name, False, text(f"gate.{name}", **values), text(f"gate.{name}.do"))
                )
            else:
                results.append(GateResult(name, True, "", ""))
        return results
    finally:
        connection.close()


def _later_or_same_night(connection: duckdb.DuckDBPyConnection) -> bool:
    """A backfill of an earlier night has fewer rows by nature; it is compared with nothing."""
    rows = connection.execute(
        "SELECT (SELECT as_of FROM staging.meta.night) >= (SELECT as_of FROM before.meta.snapshot)"
    ).fetchall()
    return bool(rows[0][0])


def _count(connection: duckdb.DuckDBPyConnection, database: str, table: str, condition: str) -> int:
    rows = connection.execute(f"SELECT count(*) FROM {database}.{table} WHERE {condition}").fetchall()
    return int(rows[0][0])


def _whole(number: int) -> str:
    return f"{number:,}".replace(",", ".")
