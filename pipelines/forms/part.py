"""One recognised form in a file while it is read: where it is, what it is called, what was found wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pipelines.forms.form import Form
from pipelines.forms.places import Place, cell_address, told
from pipelines.forms.reading import Reading, SubmissionContext
from pipelines.forms.recognise.lines import TextLine
from pipelines.forms.recognise.title import Title
from pipelines.forms.registry import Catalogue
from pipelines.forms.tables.filled import filled_in
from pipelines.forms.values.look_up import ReferenceValues
from pipelines.forms.values.typed import Typing, Value
from pipelines.forms.values.values import NO_VALUES, plain_cells, since_1900, text_of, year_shown_as_day
from pipelines.inbox.document import CellValue, Grid

DAY_TYPES = ("date", "date_or_text", "year", "year_or_period")
DAYS = frozenset({date, datetime})
YEAR_TYPES = ("year", "year_or_period")
DATED = ("decision_date", "year")
"""Columns of award lists and headcounts that tell a day or a year."""


def short(value: CellValue, most: int = 120) -> str:
    """A cell's text for a message, cut when long."""
    text = text_of(value) or ""
    return text if len(text) <= most else text[: most - 1] + "…"


@dataclass(slots=True)
class Part:
    """The part being read, with everything its reader needs."""

    reading: Reading
    context: SubmissionContext
    catalogue: Catalogue
    reference: ReferenceValues
    typing: Typing
    form: Form
    number: int
    title: Title
    sheet: str | None
    key: str | None = None
    """Superseding key, where it is one for the whole part."""
    records: int = 0
    events: dict[tuple[Any, ...], int] = field(default_factory=dict)
    """Rows of an award list by all their values -> the number of their event."""
    rows_seen: Counter[int] = field(default_factory=Counter)
    """Numbers of the rows read of an award list: another sheet of the list may have the same ones."""
    lines_seen: dict[str, Any] = field(default_factory=dict)
    """Of mẫu 02: what the tables of the part share."""
    foreign: frozenset[str] = frozenset()
    """Tables amid the prose that belong to other parts of the file, or to none."""
    head_cells: set[Place] = field(default_factory=set)
    """The places outside tables that were read as values of the head."""
    printed: dict[Place, tuple[int, str]] = field(default_factory=dict)
    """The running text that holds no value: its part and why; another part's head may be among it."""
    told: set[Place] = field(default_factory=set)
    """The running text that is named in a finding."""
    above: dict[str, list[TextLine]] = field(default_factory=dict)
    """Table -> the lines between it and the one before."""

    def place(self, places: Iterable[Place]) -> str | None:
        """Where a value stands, in words: with the table's name where the part is not on that table."""
        return told(places, self.sheet)

    def find(
        self,
        rule_id: str,
        grid: Grid | None = None,
        row: int | None = None,
        column: int | None = None,
        **values: Any,
    ) -> None:
        """Add a finding of this part; row and column are zero-based."""
        cell = cell_address(grid, row, column) if grid and row is not None and column is not None else None
        place = {
            "source_sheet": grid.name if grid else self.sheet,
            "source_row": None if row is None else row + 1,
            "source_cell": cell,
        }
        self.reading.find(rule_id, self.number, self.form.id, **{**place, **values})

    def ignore(self, grid: Grid, reason: str, cells: int) -> None:
        """Count cells of this part passed over on purpose."""
        self.reading.ignore(self.number, grid.name, reason, cells, grid.label)

    def take(self, grid: Grid, cells: int) -> None:
        """Count cells of this part that are read as values."""
        self.reading.tallies[grid.label].read += cells

    def give_back(self, grid: Grid, reason: str) -> None:
        """Count a cell that was taken for a value as passed over."""
        self.take(grid, -1)
        self.ignore(grid, reason, 1)

    def give_back_blanks(self, grid: Grid, cells: list[CellValue], values: list[Any]) -> None:
        """Count the dots and dashes of a column, which are no values, as passed over."""
        blanks = filled_in(cells) - filled_in(values)
        if blanks > 0:
            self.take(grid, -blanks)
            self.ignore(grid, "cho_trong_chua_dien", blanks)

    def report(self, grid: Grid, cells: int = 1) -> None:
        """Count cells of this part that hold no value but are named in a finding."""
        self.reading.tallies[grid.label].reported += cells

    def typed(
        self, grid: Grid, kind: str, cell: CellValue, choices: dict[str, str] | None = None
    ) -> Value | None:
        """The typed value of a cell of a table; a blank that was not filled in is counted as ignored."""
        if grid.since_1904 and kind in DAY_TYPES:
            cell = since_1900(cell)
        if kind in YEAR_TYPES:
            cell = year_shown_as_day(cell)
        value = self.typing.value(kind, cell, choices)
        if value is None and text_of(cell) is not None:
            self.give_back(grid, "cho_trong_chua_dien")
        return value

    def plain(
        self, grid: Grid, rows: list[int], field: str, column: int, cells: list[CellValue]
    ) -> list[CellValue]:
        """The cells of a column without error values and booleans, each of which is a finding."""
        if grid.since_1904 and field in DATED:
            cells = [since_1900(cell) for cell in cells]
        kinds = set(map(type, cells))
        if field == "year" and not kinds.isdisjoint(DAYS):
            cells = [year_shown_as_day(cell) for cell in cells]
        if kinds.isdisjoint(NO_VALUES):
            return cells
        plain, wrong = plain_cells(cells)
        for number in wrong:
            params = {"gia_tri": short(cells[number])}
            self.find("RD-O-LOI", grid, rows[number], column, field=field, params=params)
            self.reading.no_values.add((grid.name, cell_address(grid, rows[number], column)))
        self.report(grid, len(wrong))
        self.take(grid, -len(wrong))
        return plain


@dataclass(frozen=True, slots=True)
class PartResult:
    """What reading a part says of it as a whole."""

    rows: int
    signed: bool | None = None
    """``None`` where the form has no signature label."""
    signature_cell: str | None = None
    document_date: date | None = None
    document_year: int | None = None
