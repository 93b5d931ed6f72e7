"""Assertions between the two halves of dbt, and the gate after them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import polars as pl
from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    MaterializeResult,
    TableMetadataValue,
    multi_asset,
    multi_asset_check,
)

from expectations import runner
from expectations.suites import Suite
from pipelines.assets.failing_rows import failing_rows
from pipelines.assets.night_resource import Night
from pipelines.night import gate
from pipelines.warehouse import staging

FINDINGS = AssetKey(["quality", "finding_nights"])
ROWS_SHOWN = 20
_WORST = {"blocking": AssetCheckSeverity.ERROR}


def make_findings(suites: Sequence[Suite]) -> AssetsDefinition:
    """The asset of tonight's findings, with one asset check per suite of rules.

    Args:
        suites: made from the rules of the reference data when the code location is loaded.
    """

    @multi_asset(
        specs=[
            AssetSpec(
                FINDINGS,
                group_name="quality",
                deps=[AssetKey(["intermediate", name]) for name in ("int_verdicts", "int_verdict_patterns")],
            )
        ],
        check_specs=[
            AssetCheckSpec(
                suite.check_name, asset=FINDINGS, blocking=False, description=", ".join(suite.rules)
            )
            for suite in suites
        ],
    )
    def findings(night: Night) -> Iterator[Any]:
        """Great Expectations asserts every verdict; failing rows become findings."""
        with (
            night.log.stage("expectations"),
            staging.opened(night.request.home.staging) as connection,
        ):
            assertions = runner.run(connection, night.request.as_of)
            rows = failing_rows(connection)
        yield MaterializeResult(
            asset_key=FINDINGS, metadata={"findings": assertions.findings, "reused": assertions.reused}
        )
        for suite in suites:
            yield _check_of(suite, assertions.results, rows.get(suite.name), night.request.as_of)

    return findings


def _check_of(
    suite: Suite, results: pl.DataFrame, rows: TableMetadataValue | None, as_of: date
) -> AssetCheckResult:
    """How a suite came out: what failed, how often, and where its rows are. Findings hold nothing back."""
    judged = results.filter(pl.col("suite") == suite.name)
    failed = judged.filter(pl.col("failed") > 0).sort("failed", descending=True)
    worst = next(
        (level for level in ("blocking", "warning") if level in set(failed["severity"])), "information"
    )
    rules = ", ".join(f"'{rule}'" for rule in failed["rule_id"])
    query = f"SELECT * FROM marts.fct_findings WHERE last_seen_on = DATE '{as_of}' AND rule_id IN ({rules})"
    return AssetCheckResult(
        asset_key=FINDINGS,
        check_name=suite.check_name,
        passed=failed.height == 0,
        severity=_WORST.get(worst, AssetCheckSeverity.WARN),
        metadata={
            "severity": worst if failed.height else "",
            "checked": int(judged["checked"].sum()),
            "failed": int(failed["failed"].sum()),
            "unknown": int(judged["unknown"].sum()),
            "rules": failed.head(ROWS_SHOWN).to_dicts(),
            **({"first_rows": rows} if rows else {}),
            "rows": query if rules else "",
        },
    )


GATED = AssetKey(["marts", "fct_awards"])


_BOUNDS: list[gate.Fall | gate.Ceiling] = [*gate.bounds().falls, *gate.bounds().ceilings]


@multi_asset_check(
    specs=[
        AssetCheckSpec(
            bound.check,
            asset=GATED,
            blocking=True,
            description=bound.why_vi,
            additional_deps=[
                ["marts", table] for table in sorted({one.table for one in _BOUNDS} - {"fct_awards"})
            ],
        )
        for bound in _BOUNDS
    ]
)
def gate_checks(night: Night) -> Iterator[AssetCheckResult]:
    """Bounds on row counts; outside them nothing is published."""
    with night.log.stage("gate"):
        results = gate.check(night.request.home)
    for result in results:
        yield AssetCheckResult(
            asset_key=GATED,
            check_name=result.name,
            passed=result.passed,
            severity=AssetCheckSeverity.ERROR,
            metadata={"why": result.why, "do": result.do},
        )
