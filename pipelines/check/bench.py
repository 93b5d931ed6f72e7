"""Where files are judged in memory by the models of the night; what the law alone says is built once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import duckdb
import polars as pl

from expectations.findings import build_findings
from pipelines.check.sparing import Sparing
from pipelines.transform.compiled import build_models, compiled_models, in_memory
from pipelines.transform.model import Model
from pipelines.warehouse import staging
from pipelines.warehouse.read_file import Outcome

WANTED = "int_verdicts"
_OF_A_NIGHT = ('"raw"', '"meta"', '"quality"')
"""Schemas that differ from file to file; models that read none of them say what the law says."""
_NIGHT = """
    CREATE TABLE meta.night (as_of DATE, run_id VARCHAR, code_version VARCHAR, input_digest VARCHAR)
"""


class Bench:
    """One law, many files one after the other: each judging is taken back when it is done."""

    def __init__(self, tables: dict[str, pl.DataFrame]) -> None:
        """Lay out the law.

        Args:
            tables: the reference tables.
        """
        self._tables = tables
        self._connection = in_memory()
        self._connection.execute("SET threads = 1")  # small tables: handing parts on costs more
        staging.prepare(self._connection)
        staging.replace_tables(self._connection, "ref", tables)
        self._models = compiled_models()
        self._standing = _of_the_law(self._models)
        build_models(self._connection, self._standing, models=self._models)
        self._connection.execute(_NIGHT)
        self._sparing: Sparing | None = None

    def expect_many(self) -> None:
        """Lay out what many judgings have in common: worth as much as one, and halves each that follows."""
        self._sparing = self._sparing or Sparing(self._connection, self._models, self._standing, WANTED)

    def judged(self, outcomes: Sequence[Outcome], as_of: date) -> tuple[pl.DataFrame, set[str]]:
        """The findings on files, as a night of these files alone would have them.

        Args:
            outcomes: the files after reading.
            as_of: the day of the night.

        Returns:
            As ``quality.finding_nights``; those of the files themselves only. Then the submissions that no
            other of them replaces or repeats.
        """
        with self._for_once() as connection:
            frames = Outcome.tables(outcomes)
            for name, frame in frames.items():
                staging.append(connection, f"raw.{name}", frame)
            connection.execute("INSERT INTO meta.night VALUES (?, '', '', '')", [as_of])
            if self._sparing:
                self._sparing.build(name for name, frame in frames.items() if frame.height)
            else:
                build_models(connection, [WANTED], self._standing, self._models)
            verdicts = staging.frame_of(connection, f"FROM intermediate.{WANTED}")
            standing = connection.execute(
                "SELECT submission_id FROM intermediate.int_submissions "
                "WHERE status NOT IN ('superseded', 'duplicate')"
            ).fetchall()
        mine = {row["submission_id"] for outcome in outcomes for row in outcome.submissions}
        own = verdicts.filter(pl.col("submission_id").is_in(list(mine)) & (pl.col("verdict") == "fail"))
        findings = build_findings(own, self._tables["rules"], self._tables["words"]).sort(
            "source_sheet", "source_row", "source_cell", "rule_id", "finding_id", nulls_last=True
        )
        return findings, {name for (name,) in standing}

    @contextmanager
    def _for_once(self) -> Iterator[duckdb.DuckDBPyConnection]:
        self._connection.execute("BEGIN")
        try:
            yield self._connection
        finally:
            self._connection.execute("ROLLBACK")


def _of_the_law(models: list[Model]) -> set[str]:
    """Names of the models behind the verdicts that read the law alone."""
    by_name = {model.name: model for model in models}
    behind: set[str] = set()

    def follow(name: str) -> None:
        if name in by_name and name not in behind:
            behind.add(name)
            for need in by_name[name].needs:
                follow(need)

    follow(WANTED)
    of_law: set[str] = set()
    for model in models:  # in an order in which they can be built
        reads_files = any(schema in model.sql for schema in _OF_A_NIGHT)
        if model.name in behind and not reads_files and set(model.needs) <= of_law:
            of_law.add(model.name)
    return of_law
