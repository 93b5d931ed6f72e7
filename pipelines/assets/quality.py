"""The night's checkpoints as Dagster asset checks: the blocking ones are the gate."""

from collections.abc import Iterator, Sequence
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetKey,
    AssetsDefinition,
    AssetSpec,
    MaterializeResult,
    multi_asset,
    multi_asset_check,
)

from expectations import checkpoint
from expectations.findings_of_night import write_findings
from expectations.judged_forms import JudgedForm
from expectations.suite import Ceiling, Expectation, Fall, Verdicts, expectations_of
from pipelines.assets.failing_rows import failing_rows
from pipelines.assets.night_resource import Night
from pipelines.warehouse import staging

FINDINGS = AssetKey(["quality", "finding_nights"])
READ = AssetKey(["raw", "file_parts"])
GATED = AssetKey(["marts", "fct_awards"])
SENTENCES_SHOWN = 20


def spec_of(expectation: Expectation, asset: AssetKey, **more: Any) -> AssetCheckSpec:
    """An expectation of a suite file as an asset check."""
    return AssetCheckSpec(
        expectation.id, asset=asset, blocking=expectation.blocking, description=expectation.why_vi, **more
    )


def result_of(result: checkpoint.CheckResult, asset: AssetKey, name: str, **more: Any) -> AssetCheckResult:
    """How a check came out: why and what to do are told by its first failing row."""
    failures = [failure.why for failure in result.failures[:SENTENCES_SHOWN]]
    told: dict[str, Any] = (
        {"why": failures[0], "do": result.expectation.do_vi, "failures": failures} if failures else {}
    )
    return AssetCheckResult(
        asset_key=asset,
        check_name=name,
        passed=result.passed,
        severity=AssetCheckSeverity.ERROR if result.expectation.blocking else AssetCheckSeverity.WARN,
        metadata={
            "checked": result.checked,
            "failed": len(result.failures),
            **told,
            **more,
        },
    )


reading_specs = [spec_of(one, READ) for one in expectations_of("reading")]


def reading_checks(night: Night) -> Iterator[AssetCheckResult]:
    """The checkpoint after reading; a file whose cells are not all told of holds the night back."""
    with (
        night.log.stage("expectations_reading"),
        staging.opened(night.request.home.staging) as connection,
    ):
        results = checkpoint.run(connection, "reading", night.request.as_of)
    for result in results:
        yield result_of(result, READ, result.id)


def make_findings(forms: Sequence[JudgedForm]) -> AssetsDefinition:
    """The asset of tonight's findings, with one asset check per kind of thing judged.

    Args:
        forms: made from the rules of the reference data when the code location is loaded.
    """
    others = [one for one in expectations_of("judging") if not isinstance(one, Verdicts)]

    @multi_asset(
        specs=[
            AssetSpec(
                FINDINGS,
                group_name="quality",
                deps=[AssetKey(["intermediate", name]) for name in ("int_verdicts", "int_verdict_counts")],
            )
        ],
        check_specs=[
            *(
                AssetCheckSpec(
                    form.check_name, asset=FINDINGS, blocking=False, description=", ".join(form.rules)
                )
                for form in forms
            ),
            *(spec_of(one, FINDINGS) for one in others),
        ],
    )
    def findings(night: Night) -> Iterator[Any]:
        """Failing verdicts become findings; Great Expectations asserts how many fail per form and rule."""
        with (
            night.log.stage("expectations"),
            staging.opened(night.request.home.staging) as connection,
        ):
            results = {one.id: one for one in checkpoint.run(connection, "judging", night.request.as_of)}
            found = write_findings(connection, night.request.as_of)
            rows = failing_rows(connection)
        yield MaterializeResult(
            asset_key=FINDINGS, metadata={"findings": found.findings, "reused": found.reused}
        )
        for form in forms:
            result = results.get(form.name)
            if result is None:  # nothing of it was sent
                yield AssetCheckResult(asset_key=FINDINGS, check_name=form.check_name, passed=True)
            else:
                first = {"first_rows": rows[form.name]} if form.name in rows else {}
                yield result_of(result, FINDINGS, form.check_name, **first)
        for one in others:
            yield result_of(results[one.id], FINDINGS, one.id)

    return findings


_GATE = expectations_of("marts")
_COUNTED = {one.table for one in _GATE if isinstance(one, Fall | Ceiling)}
_OTHERS = [["marts", table] for table in sorted(_COUNTED - {GATED.path[-1]})]


@multi_asset_check(
    specs=[
        spec_of(
            one, GATED, additional_deps=[["marts", table] for table in sorted(_COUNTED - {GATED.path[-1]})]
        )
        for one in _GATE
    ]
)
def gate_checks(night: Night) -> Iterator[AssetCheckResult]:
    """The checkpoint before publication; outside its blocking bounds nothing is published."""
    home = night.request.home
    with night.log.stage("gate"), staging.opened(home.staging) as connection:
        results = checkpoint.run(connection, "marts", night.request.as_of, home.warehouse)
    for result in results:
        yield result_of(result, GATED, result.id)
