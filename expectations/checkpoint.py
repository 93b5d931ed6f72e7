"""A checkpoint of the night: count, let Great Expectations assert, keep the results in words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from expectations.adapter import run_checkpoint
from expectations.measures import Check, Ground, checks_of
from expectations.suite import Expectation, Stage, expectations_of, suites
from pipelines.common.sql import quoted
from pipelines.common.transaction import transaction
from pipelines.warehouse.staging import append

RESULTS = ("quality.check_nights", "quality.check_failures")


@dataclass(frozen=True, slots=True)
class Failure:
    """One row outside the bounds."""

    key: str
    why: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one check came out."""

    id: str
    expectation: Expectation
    checked: int
    failures: tuple[Failure, ...]

    @property
    def passed(self) -> bool:
        """Nothing is outside the bounds."""
        return not self.failures


def run(
    connection: duckdb.DuckDBPyConnection, stage: Stage, as_of: date, published: Path | None = None
) -> list[CheckResult]:
    """Run one checkpoint and keep its results; repeating a night replaces them.

    Args:
        connection: the staging file, open for writing.
        stage: of the night.
        as_of: the night.
        published: the published file; earlier nights than the published one are compared with nothing.
    """
    wanted = expectations_of(stage)
    with _before(connection, published) as has_before:
        ground = Ground(connection, as_of, has_before)
        checks = [check for expectation in wanted for check in checks_of(ground, expectation)]
    digest = _digest(stage, checks)
    failing = _known(connection, digest, checks)
    if failing is None:
        failing = run_checkpoint(stage, checks)
    results = [_result(check, failing[check.id]) for check in checks]
    _keep(connection, stage, as_of, digest, results)
    return results


def _result(check: Check, keys: tuple[str, ...]) -> CheckResult:
    wanted = set(keys)
    failures = tuple(Failure(row.key, check.sentence(row)) for row in check.rows if row.key in wanted)
    return CheckResult(check.id, check.expectation, len(check.rows), failures)


@contextmanager
def _before(connection: duckdb.DuckDBPyConnection, published: Path | None) -> Iterator[bool]:
    """Attach the published file, where there is one of this or an earlier night."""
    if published is None or not published.exists():
        yield False
        return
    try:
        connection.execute(f"ATTACH {quoted(published)} AS before (READ_ONLY)")
    except duckdb.Error:  # damaged: this night replaces it
        yield False
        return
    try:
        # a night made up for has fewer rows by nature
        later = "SELECT (SELECT as_of FROM meta.night) >= (SELECT as_of FROM before.meta.snapshot)"
        yield bool(connection.execute(later).fetchall()[0][0])
    finally:
        connection.execute("DETACH before")


def _digest(stage: str, checks: list[Check]) -> str:
    """Of all that is asserted: values and bounds; what sentences tell beside them is told anew each night."""
    seen = hashlib.sha256(stage.encode())
    for check in checks:
        rows = [(row.key, row.value, row.code) for row in check.rows]
        seen.update(repr((check.id, check.least, check.most, check.codes, rows)).encode())
    return seen.hexdigest()


def _known(
    connection: duckdb.DuckDBPyConnection, digest: str, checks: list[Check]
) -> dict[str, tuple[str, ...]] | None:
    """What an earlier night found on exactly the same rows; None where there was none."""
    nights = connection.execute(
        "SELECT max(as_of) FROM quality.check_nights WHERE digest = ?", [digest]
    ).fetchall()
    if nights[0][0] is None:
        return None
    found: dict[str, tuple[str, ...]] = {check.id: () for check in checks}
    for check_id, key in connection.execute(
        "SELECT check_id, key FROM quality.check_failures WHERE as_of = ? ORDER BY ALL", [nights[0][0]]
    ).fetchall():
        if check_id in found:
            found[check_id] = (*found[check_id], key)
    return found


def _keep(
    connection: duckdb.DuckDBPyConnection, stage: str, as_of: date, digest: str, results: list[CheckResult]
) -> None:
    titles = {one.id: file.title_vi for file in suites().values() for one in file.expectations}
    nights = [
        {
            "as_of": as_of,
            "stage": stage,
            "suite_vi": titles[result.expectation.id],
            "check_id": result.id,
            "expectation_id": result.expectation.id,
            "what_vi": result.expectation.what_vi,
            "is_blocking": result.expectation.blocking,
            "why_vi": result.expectation.why_vi,
            "do_vi": result.expectation.do_vi,
            "checked": result.checked,
            "failed": len(result.failures),
            "digest": digest,
        }
        for result in results
    ]
    failures = [
        {"as_of": as_of, "stage": stage, "check_id": result.id, "key": failure.key, "told_vi": failure.why}
        for result in results
        for failure in result.failures
    ]
    with transaction(connection):
        for table in RESULTS:
            connection.execute(f"DELETE FROM {table} WHERE as_of = ? AND stage = ?", [as_of, stage])
        for table, rows in zip(RESULTS, (nights, failures), strict=True):
            append(connection, table, pl.DataFrame(rows, infer_schema_length=None))
