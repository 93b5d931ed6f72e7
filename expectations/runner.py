"""The night's assertions: verdicts of dbt → Great Expectations → findings in ``quality.*``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import polars as pl

from expectations.adapter import RuleResult, assert_verdicts
from expectations.findings import build_findings
from pipelines.warehouse.staging import append, frame_of, transaction


@dataclass(frozen=True, slots=True)
class Assertions:
    """What the night's assertions came to."""

    results: pl.DataFrame
    """suite, rule_id, severity, checked, failed, unknown"""
    findings: int
    reused: bool
    """True when no verdict changed since the last run, so that its results stand."""


def run(connection: duckdb.DuckDBPyConnection, as_of: date) -> Assertions:
    """Assert every verdict of tonight and write the findings; repeating a night replaces its findings.

    Args:
        connection: the staging file with ``intermediate.int_verdicts`` built.
        as_of: the night.
    """
    digest = connection.execute(
        "SELECT coalesce(sum(hash(v)), 0)::VARCHAR || '/' || count(*) || '/' || "
        "(SELECT coalesce(sum(hash(r)), 0)::VARCHAR FROM ref.rules AS r) || '/' || "
        "(SELECT code_version FROM meta.night) FROM intermediate.int_verdicts AS v"
    ).fetchall()[0][0]
    earlier = connection.execute(
        "SELECT as_of FROM quality.nights WHERE verdict_digest = ? ORDER BY as_of DESC LIMIT 1", [digest]
    ).fetchall()
    last = earlier[0] if earlier else None
    if last is not None:
        results, findings = _results_of(connection, last[0]), _findings_of(connection, last[0])
    else:
        verdicts = frame_of(connection, "FROM intermediate.int_verdicts")
        rules = frame_of(connection, "FROM ref.rules")
        outcomes = assert_all(verdicts)
        findings = build_findings(verdicts, outcomes, rules)
        results = _summary(verdicts, outcomes, rules)
    night = pl.lit(as_of).alias("as_of")
    with transaction(connection):
        for table in ("quality.finding_nights", "quality.nights", "quality.expectation_results"):
            connection.execute(f"DELETE FROM {table} WHERE as_of = ?", [as_of])
        append(connection, "quality.finding_nights", findings.select(night, pl.all()))
        append(connection, "quality.expectation_results", results.select(night, pl.all()))
        connection.execute("INSERT INTO quality.nights VALUES (?, ?)", [as_of, digest])
    return Assertions(results, findings.height, reused=last is not None)


def assert_all(verdicts: pl.DataFrame) -> list[tuple[RuleResult, list[str]]]:
    """Assert the verdicts suite by suite.

    Returns:
        For each suite and rule its result and the ids of the failing rows.
    """
    outcomes = []
    for (suite,), part in verdicts.group_by("suite", maintain_order=True):
        wide = part.pivot(on="rule_id", index="row_id", values="verdict", aggregate_function="first")
        ids = wide["row_id"]
        rules = sorted(set(wide.columns) - {"row_id"})
        for result in assert_verdicts(str(suite), wide, rules):
            outcomes.append((result, [ids[row] for row in result.failed_rows]))
    return outcomes


def _summary(
    verdicts: pl.DataFrame, outcomes: list[tuple[RuleResult, list[str]]], rules: pl.DataFrame
) -> pl.DataFrame:
    counted = pl.DataFrame(
        [(r.suite, r.rule_id, r.checked, len(r.failed_rows)) for r, _ in outcomes],
        schema={"suite": pl.String, "rule_id": pl.String, "checked": pl.Int64, "failed": pl.Int64},
        orient="row",
    )
    unknown = (
        verdicts.filter(pl.col("verdict") == "unknown")
        .group_by("suite", "rule_id")
        .agg(pl.len().cast(pl.Int64).alias("unknown"))
    )
    return (
        counted.join(unknown, on=["suite", "rule_id"], how="left")
        .join(rules.select("rule_id", "severity").unique("rule_id"), on="rule_id", how="left")
        .select("suite", "rule_id", "severity", "checked", "failed", pl.col("unknown").fill_null(0))
        .sort("suite", "rule_id")
    )


def _results_of(connection: duckdb.DuckDBPyConnection, night: date) -> pl.DataFrame:
    return frame_of(
        connection,
        "SELECT * EXCLUDE (as_of) FROM quality.expectation_results WHERE as_of = ? ORDER BY ALL",
        [night],
    )


def _findings_of(connection: duckdb.DuckDBPyConnection, night: date) -> pl.DataFrame:
    return frame_of(
        connection,
        "SELECT * EXCLUDE (as_of) FROM quality.finding_nights WHERE as_of = ? ORDER BY ALL",
        [night],
    )
