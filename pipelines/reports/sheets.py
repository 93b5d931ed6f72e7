"""Writing cells that can only be text, whole numbers or days: nothing from data becomes a formula."""

from __future__ import annotations

import re
from collections.abc import Collection
from copy import copy
from datetime import date
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

FONT = "Segoe UI"
INK, MUTED, HEAD, LINE = "1B2733", "4A5764", "E8EDF2", "B3BECA"
SEVERITY_FILL = {"blocking": "F9D9E4", "warning": "FBE7C6", "information": "DCEBFA"}
"""EXPERIENCE §4; black on them has a contrast of 16 or more."""

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
            cell.number_format = "dd/mm/yyyy"


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
    """The few looks of data cells in one workbook; each is made once and then shared, which is quick."""

    def __init__(self) -> None:
        """Start with none."""
        self._made: dict[tuple[str, str, str, bool], Any] = {}

    def put_on(self, cell: Any, value: Value, fill: str = "", wrap: bool = True) -> None:
        """Give a cell the look of its value: days and numbers in the middle, a fill where one is named."""
        across = "center" if isinstance(value, int | date) else "left"
        key = (across, cell.number_format, fill, wrap)
        if key not in self._made:
            cell.font = Font(name=FONT, size=11, color=INK)
            cell.alignment = Alignment(wrap_text=wrap, vertical="top", horizontal=across)
            cell.border = BOX
            if fill:
                cell.fill = PatternFill("solid", fgColor=fill)
            self._made[key] = cell._style
        cell._style = copy(self._made[key])


def data_row(
    sheet: Worksheet,
    row: int,
    values: list[Value],
    widths: list[int],
    looks: Looks,
    fills: dict[int, str] | None = None,
    codes: Collection[int] = (),
) -> None:
    """One row of values, wrapped, as high as its longest text needs.

    Args:
        sheet: the sheet.
        row: its number.
        values: one per column.
        widths: of the columns.
        looks: shared by the workbook.
        fills: colours of columns.
        codes: columns of codes, which stay on one line and make no row higher.
    """
    lines = 1
    for column, (value, width) in enumerate(zip(values, widths, strict=True), start=1):
        cell = sheet.cell(row, column)
        put(cell, value)
        looks.put_on(cell, value, (fills or {}).get(column, ""), wrap=column not in codes)
        if isinstance(value, str) and column not in codes:
            lines = max(lines, sum(-(-len(part) // max(width - 3, 1)) or 1 for part in value.split("\n")))
    sheet.row_dimensions[row].height = max(20, 16 * lines + 4)


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
