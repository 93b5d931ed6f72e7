"""Where files are judged in memory by the models of the night."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

import polars as pl

from expectations.findings import build_findings
from pipelines.warehouse.read_file import Outcome


class Counting(Protocol):
    """A way to have the models of the night: ``Built`` for a few files, ``KeptPlans`` for many."""

    def wanted(self, files: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
        """The models of ``behind.WANTED``, of tables by name with schema."""


class Bench:
    """One law, many files one after the other."""

    def __init__(self, law: dict[str, pl.DataFrame], counting: Counting) -> None:
        """Take what is needed.

        Args:
            law: the reference tables.
            counting: over the same tables.
        """
        self._law, self._counting = law, counting

    def judged(self, outcomes: Sequence[Outcome], as_of: date) -> tuple[pl.DataFrame, set[str]]:
        """The findings on files, as a night of these files alone would have them.

        Args:
            outcomes: the files after reading.
            as_of: the day of the night.

        Returns:
            As ``quality.finding_nights``; those of the files themselves only. Then the submissions that no
            other of them replaces or repeats.
        """
        night = pl.DataFrame({"as_of": [as_of], "run_id": "", "code_version": "", "input_digest": ""})
        files = {f"raw.{name}": frame for name, frame in Outcome.tables(outcomes).items()}
        counted = self._counting.wanted(files | {"meta.night": night})
        mine = {row["submission_id"] for outcome in outcomes for row in outcome.submissions}
        own = counted["int_verdicts"].filter(
            pl.col("submission_id").is_in(list(mine)) & (pl.col("verdict") == "fail")
        )
        findings = build_findings(own, self._law["rules"], self._law["words"]).sort(
            "source_sheet", "source_row", "source_cell", "rule_id", "finding_id", nulls_last=True
        )
        standing = counted["int_submissions"].filter(~pl.col("status").is_in(["superseded", "duplicate"]))
        return findings, set(standing["submission_id"])
