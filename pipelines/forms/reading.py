"""What reading one file leaves: rows for the raw tables, column-wise, and how it was recognised."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from pipelines.contracts.raw import RAW
from pipelines.forms.ledger.tally import Tally

TABLES = (
    "parts",
    "award_rows",
    "headcount_rows",
    "records",
    "fields",
    "reading_findings",
    "ignored_cells",
    "file_parts",
)
_POLARS: dict[str, Any] = {
    "VARCHAR": pl.String,
    "INTEGER": pl.Int32,
    "BIGINT": pl.Int64,
    "DOUBLE": pl.Float64,
    "DATE": pl.Date,
    "BOOLEAN": pl.Boolean,
}

Columns = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class SubmissionContext:
    """What is known of a file before it is read: where it came in."""

    submission_id: str
    file_name: str
    """The last part, with its extension."""
    programme_id: str
    unit_code: str
    received_on: date


@dataclass(slots=True)
class Reading:
    """The result of one file. ``tables`` has exactly the tables and columns of the raw schema."""

    submission_id: str
    tables: dict[str, Columns] = field(default_factory=lambda: {name: _empty(name) for name in TABLES})
    form_id: str | None = None
    """Form of the first part; ``None``: no form was recognised."""
    rows_read: int = 0
    nearest_form: str | None = None
    nearest_lacks: tuple[str, ...] = ()
    only_pictures: int = 0
    """How many pictures a file without a form holds, where it holds hardly any text."""
    tallies: defaultdict[str | None, Tally] = field(default_factory=lambda: defaultdict(Tally))
    """Sheet, table or ``None`` for running text -> what became of its cells."""

    no_values: set[tuple[str, str]] = field(default_factory=set)
    """Sheet and cell of error values in columns of a list."""

    @property
    def recognised(self) -> bool:
        """Whether any form was recognised."""
        return self.form_id is not None

    def add(self, table: str, **values: Any) -> None:
        """Add one row; columns not named are NULL."""
        columns = self.tables[table]
        for name, cells in columns.items():
            cells.append(values.pop(name, None))
        if values:
            raise KeyError(f"{table} has no column {sorted(values)}")

    def extend(self, table: str, columns: Columns, length: int) -> None:
        """Add ``length`` rows column-wise; columns not named are NULL."""
        for name, cells in self.tables[table].items():
            cells.extend(columns.get(name) or [None] * length)

    def find(
        self, rule_id: str, part_no: int | None = None, form_id: str | None = None, **values: Any
    ) -> None:
        """Add a reading finding; ``params`` is a dict of the message's placeholders."""
        params = values.pop("params", None)
        self.add(
            "reading_findings",
            submission_id=self.submission_id,
            part_no=part_no,
            form_id=form_id,
            rule_id=rule_id,
            params=json.dumps(params, ensure_ascii=False, sort_keys=True) if params else None,
            **values,
        )

    def ignore(
        self, part_no: int | None, sheet: str | None, reason: str, cells: int, part: str | None = None
    ) -> None:
        """Count cells passed over on purpose; ``part``: which part of the sheet, where it has several."""
        if cells:
            self.tallies[part or sheet].ignored += cells
            self.add(
                "ignored_cells",
                submission_id=self.submission_id,
                part_no=part_no,
                source_sheet=sheet,
                reason=reason,
                cells=cells,
            )

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table as dictionaries, for checks and tests."""
        columns = self.tables[table]
        return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _empty(table: str) -> Columns:
    return {name: [] for name in RAW[table]}


def polars_types(columns: Mapping[str, str]) -> dict[str, Any]:
    """Columns with their Polars types, of columns with their types in the warehouse."""
    return {name: _POLARS[kind] for name, kind in columns.items()}


def polars_schema(table: str) -> dict[str, Any]:
    """Columns and Polars types of a raw table."""
    return polars_types(RAW[table])


def frames(readings: Iterable[Reading]) -> dict[str, pl.DataFrame]:
    """The raw tables of many readings, one typed frame each, ready for one append."""
    merged = {name: _empty(name) for name in TABLES}
    for reading in readings:
        for table, columns in reading.tables.items():
            for name, cells in columns.items():
                if cells:
                    merged[table][name].extend(cells)
    return {table: _frame(table, columns) for table, columns in merged.items()}


def _frame(table: str, columns: Columns) -> pl.DataFrame:
    return pl.DataFrame(columns, schema=polars_schema(table)) if any(columns.values()) else _no_rows(table)


@lru_cache(maxsize=len(TABLES))
def _no_rows(table: str) -> pl.DataFrame:
    """A table without rows, which most are after most chunks; frames never change."""
    return pl.DataFrame(schema=polars_schema(table))
