"""Judging many files by plans that are kept says the same."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines.check.bench import Bench
from pipelines.check.check import Law, Place, _read_as_fits, load_law
from pipelines.check.kept_plans import KeptPlans
from pipelines.check.no_rows import Condition, holds
from pipelines.common.paths import PROJECT
from pipelines.warehouse.read_file import Outcome

RAW = PROJECT / "data" / "raw"
EVERY = 14
"""Every so many files of the samples are judged; they are of all programmes and forms."""
DAY = date(2025, 12, 31)
LAW = (PROJECT / "data" / "reference", PROJECT / "settings.yml")


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law(*LAW)


@pytest.fixture(scope="module")
def kept() -> Law:
    return load_law(*LAW, KeptPlans)


@pytest.fixture(scope="module")
def outcomes(law: Law) -> list[Outcome]:
    files = sorted(path for path in RAW.rglob("*") if path.is_file())[::EVERY]
    return [_read_as_fits(file, Place(None, None), DAY, law.reference, law.reader).outcome for file in files]


def said(bench: Bench, outcome: Outcome) -> tuple[pl.DataFrame, set[str]]:
    findings, standing = bench.judged([outcome], DAY)
    return findings.sort("finding_id"), standing


def test_the_same_is_said_whatever_was_judged_before(law: Law, kept: Law, outcomes: list[Outcome]) -> None:
    wanted = [said(law.bench, outcome) for outcome in outcomes]
    assert sum(not findings.is_empty() for findings, _ in wanted) > 3  # some have, some have not
    for order in (1, -1):
        for outcome, (findings, standing) in [*zip(outcomes, wanted, strict=True)][::order]:
            got, stands = said(kept.bench, outcome)
            assert got.equals(findings), Path(outcome.submissions[0]["source_file"])
            assert stands == standing


def test_a_model_that_is_not_run_would_have_no_rows(
    kept: Law, outcomes: list[Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = kept.bench._counting
    assert isinstance(plans, KeptPlans)

    def rows() -> dict[str, int]:
        return {name: len(plans._tables[name].rows) for name in plans._no_rows}

    spared = [0] * len(outcomes)
    for number, outcome in enumerate(outcomes):
        said(kept.bench, outcome)
        sparing = rows()
        with monkeypatch.context() as patch:

            def never(condition: Condition, empty: Set[str], number: int = number) -> bool:
                spared[number] += holds(condition, empty)
                return False

            patch.setattr("pipelines.check.kept_plans.holds", never)
            said(kept.bench, outcome)
        assert rows() == sparing
    assert min(spared) > 5, "of some seventy"
    assert max(spared) > 30


def test_no_file_no_rows(kept: Law, outcomes: list[Outcome]) -> None:
    kept.bench.judged(outcomes, DAY)
    assert all(frame.is_empty() for frame in kept.bench._counting.wanted({}).values())


def test_a_column_nobody_knows_is_an_error(kept: Law) -> None:
    plans = kept.bench._counting
    with pytest.raises(ValueError, match="nobody_knows"):
        plans.wanted({"raw.award_rows": pl.DataFrame({"nobody_knows": [1]})})
