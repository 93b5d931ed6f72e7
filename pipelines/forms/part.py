"""One recognised form in a file while it is read: where it is, what it is called, what was found wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipelines.forms.body import Body
from pipelines.forms.form import Form
from pipelines.forms.header import Binding
from pipelines.forms.reading import Reading, SubmissionContext
from pipelines.forms.reference_values import ReferenceValues
from pipelines.forms.registry import Catalogue
from pipelines.forms.title import Title
from pipelines.forms.values import plain_cells, text_of
from pipelines.inbox.document import CellValue, Grid, a1


def column_name(grid: Grid, column: int) -> str:
    """``D``, or ``cột 4`` where the format has no addresses."""
    return a1(0, column)[:-1] if grid.has_addresses else f"cột {column + 1}"


def cell_address(grid: Grid, row: int, column: int) -> str:
    """``D9``, or ``dòng 9, cột 4`` where the format has no addresses (the sheet name says which table)."""
    return a1(row, column) if grid.has_addresses else f"dòng {row + 1}, cột {column + 1}"


@dataclass(slots=True)
class Part:
    """The part being read, with everything its reader needs."""

    reading: Reading
    context: SubmissionContext
    catalogue: Catalogue
    reference: ReferenceValues
    form: Form
    number: int
    title: Title
    sheet: str | None

    def find(
        self,
        rule_id: str,
        grid: Grid | None = None,
        row: int | None = None,
        column: int | None = None,
        **values: Any,
    ) -> None:
        """Add a finding of this part; the cell is zero-based."""
        cell = cell_address(grid, row, column) if grid and row is not None and column is not None else None
        self.reading.find(
            rule_id,
            self.number,
            self.form.id,
            source_sheet=grid.name if grid else self.sheet,
            source_row=None if row is None else row + 1,
            source_cell=values.pop("source_cell", cell),
            **values,
        )

    def ignore(self, grid: Grid, reason: str, cells: int) -> None:
        """Count cells of this part passed over on purpose."""
        self.reading.ignore(self.number, grid.name, reason, cells)

    def report_body(self, grid: Grid, binding: Binding, body: Body) -> None:
        """Findings and ignores that every table shares: refused columns, unclear rows, passed-over rows."""
        for name, column in binding.duplicates:
            self.find(
                "RD-TRUNG-TIEU-DE",
                grid,
                binding.header.body - 1,
                column,
                field=name,
                params={
                    "tieu_de": binding.header.texts[column],
                    "cot": column_name(grid, column),
                    "cot_truoc": column_name(grid, binding.columns[name]),
                },
            )
        for reason, cells in sorted(body.ignored.items()):
            self.ignore(grid, reason, cells)
        for row, column in body.unclear:
            self.find("RD-DONG-LA", grid, row, column, params={"noi_dung": short(grid.rows[row][column])})
        header = binding.header
        above = sum(not _blank(value) for row in grid.rows[header.top : header.body] for value in row)
        self.ignore(grid, "tieu_de_cot", above)

    def plain(
        self, grid: Grid, body: Body, field: str, column: int, cells: list[CellValue]
    ) -> list[CellValue]:
        """The cells of a column without error values and booleans, each of which is a finding."""
        plain, wrong = plain_cells(cells)
        for number in wrong:
            self.find(
                "RD-O-LOI",
                grid,
                body.rows[number],
                column,
                field=field,
                params={"gia_tri": short(cells[number])},
            )
        return plain


def short(value: CellValue, most: int = 120) -> str:
    """A cell's text for a message, cut when long."""
    text = text_of(value) or ""
    return text if len(text) <= most else text[: most - 1] + "…"


def _blank(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
