"""The night's findings: failing verdicts of dbt → ``quality.finding_nights``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import polars as pl

from expectations.findings import build_findings
from pipelines.warehouse.staging import append, frame_of, transaction


@dataclass(frozen=True, slots=True)
class Found:
    """What the night's findings came to."""

    findings: int
    reused: bool
    """True when no verdict changed since an earlier night, so that its findings stand."""


def write_findings(connection: duckdb.DuckDBPyConnection, as_of: date) -> Found:
    """Write tonight's findings; repeating a night replaces them.

    Args:
        connection: the staging file with ``intermediate.int_verdicts`` built.
        as_of: the night.
    """
    digest = _digest(connection)
    earlier = connection.execute(
        "SELECT as_of FROM quality.nights WHERE verdict_digest = ? ORDER BY as_of DESC LIMIT 1", [digest]
    ).fetchall()
    last = earlier[0] if earlier else None
    if last is not None:
        findings = frame_of(
            connection,
            "SELECT * EXCLUDE (as_of) FROM quality.finding_nights WHERE as_of = ? ORDER BY ALL",
            [last[0]],
        )
    else:
        failing = frame_of(connection, "FROM intermediate.int_verdicts WHERE verdict = 'fail'")
        rules, words = frame_of(connection, "FROM ref.rules"), frame_of(connection, "FROM ref.words")
        findings = build_findings(failing, rules, words)
    night = pl.lit(as_of).alias("as_of")
    with transaction(connection):
        for table in ("quality.finding_nights", "quality.nights"):
            connection.execute(f"DELETE FROM {table} WHERE as_of = ?", [as_of])
        append(connection, "quality.finding_nights", findings.select(night, pl.all()))
        connection.execute("INSERT INTO quality.nights VALUES (?, ?)", [as_of, digest])
    return Found(findings.height, reused=last is not None)


def _digest(connection: duckdb.DuckDBPyConnection) -> str:
    """Of all verdicts, of what the rules and the words say, and of the code."""
    row = connection.execute(
        "SELECT coalesce(sum(hash(v)), 0)::VARCHAR || '/' || count(*) || '/' || "
        "(SELECT coalesce(sum(hash(r)), 0)::VARCHAR FROM ref.rules AS r) || '/' || "
        "(SELECT coalesce(sum(hash(w)), 0)::VARCHAR FROM ref.words AS w) || '/' || "
        "(SELECT code_version FROM meta.night) FROM intermediate.int_verdicts AS v"
    ).fetchall()[0]
    return str(row[0])
