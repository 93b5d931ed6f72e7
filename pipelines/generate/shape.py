"""The neutral description of a file: sheets for workbooks, texts and tables for letters; no format known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Value = str | int | float | date | None

Role = Literal[
    "title", "subtitle", "note", "sign", "header", "numbering", "section", "body", "total", "plain", "head"
]
"""What a row is; writers derive font, border and alignment from it."""

BORDERED: frozenset[Role] = frozenset({"header", "numbering", "section", "body", "total"})
WRAPPED: frozenset[Role] = BORDERED | {"title", "note"}
CENTRED: frozenset[Role] = frozenset({"title", "subtitle", "header", "numbering", "sign", "head"})
BOLD: frozenset[Role] = frozenset({"title", "header", "section", "total", "head"})
ITALIC: frozenset[Role] = frozenset({"subtitle", "note", "numbering"})


@dataclass(slots=True)
class Row:
    """A row of a sheet or of a Word table."""

    values: list[Value]
    role: Role = "body"


@dataclass(frozen=True, slots=True)
class Choice:
    """A drop-down list on one column, rows ``top`` to ``bottom`` (zero-based, inclusive)."""

    column: int
    top: int
    bottom: int
    options: tuple[str, ...]


@dataclass(slots=True)
class Sheet:
    """A sheet of a workbook, or a table of a Word file. Merges: top, left, bottom, right, zero-based."""

    name: str
    rows: list[Row]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    fonts: dict[tuple[int, int], str] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    """Formulas of blank .xlsx forms, which give nothing until the form is filled in."""
    landscape: bool = True
    hidden: bool = False

    def copy(self) -> Sheet:
        """A copy whose rows and places may be changed without touching this one."""
        return Sheet(
            self.name,
            [Row(list(row.values), row.role) for row in self.rows],
            list(self.merges),
            list(self.widths),
            dict(self.fonts),
            list(self.choices),
            dict(self.formulas),
            self.landscape,
            self.hidden,
        )

    def header_end(self) -> int:
        """Index of the first row under the first header (0 when there is no header)."""
        end = 0
        for number, row in enumerate(self.rows):
            if row.role in ("header", "numbering"):
                end = number + 1
            elif end:
                break
        return end

    def fixed_rows(self) -> int:
        """Rows that stay in view and are printed on each page: none where a sheet holds several tables."""
        end = self.header_end()
        return 0 if any(row.role == "header" for row in self.rows[end:]) else end

    def width(self) -> int:
        """Number of columns."""
        return max((len(row.values) for row in self.rows), default=0)


@dataclass(slots=True)
class Book:
    """A workbook."""

    sheets: list[Sheet]
    properties: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of a letter."""

    text: str
    bold: bool = False
    italic: bool = False
    align: Literal["left", "center", "right", "both"] = "left"
    size: int = 13
    font: str = "Times New Roman"


@dataclass(slots=True)
class Letter:
    """A Word or PDF document: paragraphs and tables in order."""

    blocks: list[Text | Sheet]
    landscape: bool = False
    pages: int = 1
    properties: dict[str, str] = field(default_factory=dict)


def fitted_lines(sheet: Sheet, number: int) -> int:
    """Lines the tallest wrapped cell of a row needs in its column, or in the columns it is merged over."""
    row = sheet.rows[number]
    if row.role not in WRAPPED:
        return 1
    lines = 1
    for column, value in enumerate(row.values[: len(sheet.widths)]):
        if not isinstance(value, str) or row.role == "section":
            continue
        merge = next((m for m in sheet.merges if m[0] <= number <= m[2] and m[1] == column), None)
        if merge and merge[2] > merge[0]:
            continue
        width = sum(sheet.widths[column : merge[3] + 1] if merge else sheet.widths[column : column + 1])
        lines = max(lines, sum(-(-len(part) // max(int(width / 1.12), 3)) for part in value.split("\n")))
    return lines
