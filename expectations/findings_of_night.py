"""The night's findings: failing verdicts of dbt → ``quality.finding_nights``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import polars as pl

from expectations.findings import build_findings
from pipelines.common.retention import outdated_days
from pipelines.common.transaction import transaction
from pipelines.warehouse.staging import append, frame_of


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
        thin(connection, as_of)
    return Found(findings.height, reused=last is not None)


def thin(connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Of nights whose snapshot is not kept, leave what marts tell of: the first and last sight of a finding,
    and which forms in which files had something blocking."""
    nights = connection.execute("SELECT as_of, verdict_digest FROM quality.nights").fetchall()
    newest = sorted(night for night, _ in nights if night <= as_of)[-2:]
    gone = [night for night in outdated_days(night for night, _ in nights) if night not in newest]
    if not any(digest for night, digest in nights if night in gone):
        return
    connection.execute(
        """
        DELETE FROM quality.finding_nights WHERE list_contains($1::DATE[], as_of) AND rowid NOT IN (
            SELECT min_by(rowid, as_of) FROM quality.finding_nights GROUP BY finding_id
            UNION ALL SELECT max_by(rowid, as_of) FROM quality.finding_nights GROUP BY finding_id
            UNION ALL SELECT min_by(rowid, as_of) FROM quality.finding_nights
            WHERE severity = 'blocking' AND submission_id IS NOT NULL GROUP BY submission_id, form_id
        )
        """,
        [gone],
    )
    # they are not whole any more: no night takes its findings from them
    connection.execute(
        "UPDATE quality.nights SET verdict_digest = '' WHERE list_contains($1::DATE[], as_of)", [gone]
    )


def _digest(connection: duckdb.DuckDBPyConnection) -> str:
    """Of all verdicts, of what the rules and the words say, and of the code."""
    row = connection.execute(
        "SELECT coalesce(sum(hash(v)), 0)::VARCHAR || '/' || count(*) || '/' || "
        "(SELECT coalesce(sum(hash(r)), 0)::VARCHAR FROM ref.rules AS r) || '/' || "
        "(SELECT coalesce(sum(hash(w)), 0)::VARCHAR FROM ref.words AS w) || '/' || "
        "(SELECT code_version FROM meta.night) FROM intermediate.int_verdicts AS v"
    ).fetchall()[0]
    return str(row[0])
