"""Writing cells that can only be text, whole numbers or days: nothing from data becomes a formula."""

from __future__ import annotations

import re
from copy import copy
from datetime import date
from itertools import product
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

FONT = "Segoe UI"
INK, MUTED, HEAD, LINE = "1B2733", "4A5764", "E8EDF2", "B3BECA"
SEVERITY_FILL = {"blocking": "F9D9E4", "warning": "FBE7C6", "information": "DCEBFA"}
"""EXPERIENCE §4; black on them has a contrast of 16 or more."""

DAY = "dd/mm/yyyy"
COUNT = '[>=1000000]0"."000"."000;[>=1000]0"."000;0'
"""1.234 whatever the language of the machine that shows or prints it."""
Value = str | int | date | None
_THIN = Side(style="thin", color=LINE)
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def put(cell: Cell | MergedCell, value: Value) -> None:
    """Write a value; a text that looks like a formula stays a text."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DAY


def header_row(sheet: Worksheet, labels: list[str], widths: list[int]) -> None:
    """Labels in row 1, column widths, the row repeated in print."""
    for column, (label, width) in enumerate(zip(labels, widths, strict=True), start=1):
        cell = sheet.cell(1, column)
        put(cell, label)
        cell.font = Font(name=FONT, size=10, bold=True, color=INK)
        cell.fill = PatternFill("solid", fgColor=HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.border = BOX
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[1].height = 32
    sheet.print_title_rows = "1:1"


class Looks:
    """The few looks of data cells, each made once and then shared, which is quick."""

    def __init__(self, book: Workbook) -> None:
        """Lay out all looks in a workbook that has no other: each has the same number in all workbooks."""
        self._styles: dict[tuple[type, str, bool], Any] = {}
        self._numbers: dict[tuple[type, str, bool], int] = {}
        for key in product((str, int, date), ("", *SEVERITY_FILL.values()), (True, False)):
            cell: Any = Cell(book.worksheets[0], 1, 1)
            _dress(cell, *key)
            self._styles[key], self._numbers[key] = cell._style, int(cell.style_id)

    def put_on(self, cell: Any, value: Value) -> None:
        """Give a cell the look of its value: days and numbers in the middle."""
        cell._style = copy(self._styles[_kind(value), "", True])

    def number(self, value: Value, fill: str = "", wrap: bool = True) -> int:
        """The number of a value's look, with a fill where one is named."""
        return self._numbers[_kind(value), fill, wrap]


def _kind(value: Value) -> type:
    return str if value is None else type(value)


def _dress(cell: Cell, kind: type, fill: str, wrap: bool) -> None:
    cell.font = Font(name=FONT, size=11, color=INK)
    across = "left" if kind is str else "center"
    cell.alignment = Alignment(wrap_text=wrap, vertical="top", horizontal=across)
    cell.border = BOX
    if kind is not str:
        cell.number_format = DAY if kind is date else COUNT
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)


def print_on_a4(sheet: Worksheet, *, landscape: bool) -> None:
    """A4, one page wide, with the sheet's name and page numbers below."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.75
    footer: Any = sheet.oddFooter
    footer.left.text, footer.right.text = "&A", "&P/&N"


def sheet_title(name: str, taken: list[str]) -> str:
    """A name a sheet may carry: no forbidden signs, at most 31 letters, not taken."""
    clean = re.sub(r"[\[\]:*?/\\]", "-", name).strip("' ")[:31] or "1"
    title, number = clean, 2
    while title.casefold() in {other.casefold() for other in taken}:
        title = f"{clean[:28]} {number}"
        number += 1
    return title
