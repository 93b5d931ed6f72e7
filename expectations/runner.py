"""The night's assertions: verdicts of dbt → Great Expectations → findings in ``quality.*``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb
import polars as pl

from expectations.adapter import assert_verdicts
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
        connection: the staging file with ``intermediate.int_verdicts`` and its patterns built.
        as_of: the night.
    """
    digest = _digest(connection)
    earlier = connection.execute(
        "SELECT as_of FROM quality.nights WHERE verdict_digest = ? ORDER BY as_of DESC LIMIT 1", [digest]
    ).fetchall()
    last = earlier[0] if earlier else None
    if last is not None:
        results, findings = _results_of(connection, last[0]), _findings_of(connection, last[0])
    else:
        rules = frame_of(connection, "FROM ref.rules")
        results = assert_all(frame_of(connection, "FROM intermediate.int_verdict_patterns"), rules)
        failing = frame_of(connection, "FROM intermediate.int_verdicts WHERE verdict = 'fail'")
        _same_rows(results, failing)
        findings = build_findings(failing, rules, frame_of(connection, "FROM ref.words"))
    night = pl.lit(as_of).alias("as_of")
    with transaction(connection):
        for table in ("quality.finding_nights", "quality.nights", "quality.expectation_results"):
            connection.execute(f"DELETE FROM {table} WHERE as_of = ?", [as_of])
        append(connection, "quality.finding_nights", findings.select(night, pl.all()))
        append(connection, "quality.expectation_results", results.select(night, pl.all()))
        connection.execute("INSERT INTO quality.nights VALUES (?, ?)", [as_of, digest])
    return Assertions(results, findings.height, reused=last is not None)


def assert_all(patterns: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """Assert the patterns of verdicts suite by suite.

    Args:
        patterns: ``int_verdict_patterns``: suite, pattern, rule_id, verdict, rows.
        rules: ``ref.rules``, for the severities.

    Returns:
        suite, rule_id, severity, checked, failed, unknown; numbers are of judged rows, not of patterns.
    """
    counted = []
    for (suite,), part in patterns.group_by("suite", maintain_order=True):
        wide = part.pivot(on="rule_id", index="pattern", values="verdict", aggregate_function="first")
        asserted = sorted(set(wide.columns) - {"pattern"})
        weights = dict(part.select("pattern", "rows").unique("pattern").iter_rows())
        for result in assert_verdicts(str(suite), wide, asserted, key="pattern"):
            verdicts = part.filter(pl.col("rule_id") == result.rule_id)
            unknown = verdicts.filter(pl.col("verdict") == "unknown")["rows"].sum()
            failed = sum(weights[pattern] for pattern in result.failed_patterns)
            counted.append((str(suite), result.rule_id, verdicts["rows"].sum(), failed, unknown))
    frame = pl.DataFrame(
        counted,
        schema=dict.fromkeys(("suite", "rule_id"), pl.String)
        | dict.fromkeys(("checked", "failed", "unknown"), pl.Int64),
        orient="row",
    )
    return (
        frame.join(rules.select("rule_id", "severity").unique("rule_id"), on="rule_id", how="left")
        .select("suite", "rule_id", "severity", "checked", "failed", "unknown")
        .sort("suite", "rule_id")
    )


def _same_rows(results: pl.DataFrame, failing: pl.DataFrame) -> None:
    """Every row that Great Expectations failed is a row of int_verdicts, and the reverse.

    Raises:
        RuntimeError: they differ.
    """
    rows = failing.group_by("suite", "rule_id").agg(pl.len().cast(pl.Int64).alias("rows"))
    failed = results.filter(pl.col("failed") > 0)
    both = failed.join(rows, on=["suite", "rule_id"], how="full", coalesce=True)
    differing = both.filter(pl.col("failed").fill_null(0) != pl.col("rows").fill_null(0))
    if differing.height:
        raise RuntimeError(f"asserted and listed failures differ: {differing.head(5).to_dicts()}")


def _digest(connection: duckdb.DuckDBPyConnection) -> str:
    row = connection.execute(
        "SELECT coalesce(sum(hash(v)), 0)::VARCHAR || '/' || count(*) || '/' || "
        "(SELECT coalesce(sum(hash(p)), 0)::VARCHAR FROM intermediate.int_verdict_patterns AS p) || '/' || "
        "(SELECT coalesce(sum(hash(r)), 0)::VARCHAR FROM ref.rules AS r) || '/' || "
        "(SELECT code_version FROM meta.night) FROM intermediate.int_verdicts AS v"
    ).fetchall()[0]
    return str(row[0])


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
