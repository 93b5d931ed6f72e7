"""Judging many files one after the other leaves out models that must be empty, and says the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipelines.check.bench import Bench
from pipelines.check.check import Law, Place, _read_as_fits, load_law
from pipelines.common.paths import PROJECT
from pipelines.warehouse.read_file import Outcome

RAW = PROJECT / "data" / "raw"
EVERY = 14
"""Every so many files of the samples are judged; they are of all programmes and forms."""
DAY = date(2025, 12, 31)


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law(PROJECT / "data" / "reference", PROJECT / "settings.yml")


@pytest.fixture(scope="module")
def outcomes(law: Law) -> list[Outcome]:
    files = sorted(path for path in RAW.rglob("*") if path.is_file())[::EVERY]
    return [_read_as_fits(file, Place(None, None), DAY, law.reference, law.reader).outcome for file in files]


def said(bench: Bench, outcome: Outcome) -> tuple[pl.DataFrame, set[str]]:
    findings, standing = bench.judged([outcome], DAY)
    return findings.sort("finding_id"), standing


def test_the_same_is_said_whatever_was_judged_before(law: Law, outcomes: list[Outcome]) -> None:
    """The second time round, and backwards, what was found out about models by other files is in use."""
    wanted = [said(law.bench, outcome) for outcome in outcomes]
    assert sum(not findings.is_empty() for findings, _ in wanted) > 3  # some have, some have not
    law.bench.expect_many()
    for order in (1, -1):
        for outcome, (findings, standing) in [*zip(outcomes, wanted, strict=True)][::order]:
            got, stands = said(law.bench, outcome)
            assert got.equals(findings), Path(outcome.submissions[0]["source_file"])
            assert stands == standing


def test_an_empty_file_spares_most_models(law: Law, outcomes: list[Outcome]) -> None:
    law.bench.expect_many()
    spare = law.bench._sparing
    assert spare is not None
    known: dict[str, bool] = {}
    spare._has_rows("int_verdicts", known)
    proven = sum(spare._proofs.values())
    assert proven > len(spare._models) / 3, (proven, len(spare._models))
