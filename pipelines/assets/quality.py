"""Assertions between the two halves of dbt, and the gate after them."""

from collections.abc import Iterator
from typing import Any

import polars as pl
from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetKey,
    AssetSpec,
    MaterializeResult,
    multi_asset,
    multi_asset_check,
)

from expectations import runner
from pipelines.assets.night_resource import Night
from pipelines.quality import gate
from pipelines.warehouse import staging

FINDINGS = AssetKey(["quality", "finding_nights"])
ROWS_SHOWN = 20


@multi_asset(
    specs=[AssetSpec(FINDINGS, group_name="quality", deps=[AssetKey(["intermediate", "int_verdicts"])])],
    check_specs=[
        AssetCheckSpec(f"no_{severity}_findings", asset=FINDINGS, blocking=False)
        for severity in ("blocking", "warning", "information")
    ],
)
def findings(night: Night) -> Iterator[Any]:
    """Great Expectations asserts every verdict; failing rows become findings."""
    with (
        night.log.stage("expectations"),
        staging.opened(night.request.home.staging) as connection,
    ):
        assertions = runner.run(connection, night.request.as_of)
    yield MaterializeResult(
        asset_key=FINDINGS, metadata={"findings": assertions.findings, "reused": assertions.reused}
    )
    for severity in ("blocking", "warning", "information"):
        failed = assertions.results.filter((pl.col("severity") == severity) & (pl.col("failed") > 0))
        yield AssetCheckResult(
            asset_key=FINDINGS,
            check_name=f"no_{severity}_findings",
            passed=failed.height == 0,
            severity=AssetCheckSeverity.WARN,
            metadata={
                "failed": int(failed["failed"].sum()),
                "rules": failed.head(ROWS_SHOWN).to_dicts(),
                "rows": "SELECT * FROM marts.fct_findings WHERE severity = '" + severity + "'",
            },
        )


GATED = AssetKey(["marts", "fct_awards"])


@multi_asset_check(
    specs=[
        AssetCheckSpec(name, asset=GATED, blocking=True, additional_deps=[["marts", "fct_submissions"]])
        for name in ("award_events_drop", "submissions_drop")
    ]
)
def gate_checks(night: Night) -> Iterator[AssetCheckResult]:
    """Bounds against the last snapshot; outside them nothing is published."""
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
