"""An .xlsx copy of a table in another format, cell by cell at the same addresses, to be marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from itertools import product
from math import isfinite
from typing import Any
from xml.sax.saxutils import quoteattr

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side

from pipelines.inbox.document import CellError, CellValue, Grid, Unreadable
from pipelines.inbox.read import read_document
from pipelines.reports.package import Package
from pipelines.reports.returned.marks import CannotMark
from pipelines.reports.returned.ooxml import Parts
from pipelines.reports.returned.xlsx_comments import address
from pipelines.reports.rows import cell_end
from pipelines.reports.sheets import DAY, print_on_a4, sheet_title
from pipelines.text.numbers_vi import format_number

Styles = Mapping[tuple[bool, str], int]
"""Numbers of looks: whether the row has several values, the format of the value."""
_LINE = Side(style="thin", color="FF76818D")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WIDEST = 30
_EMPTY = (None, "")
_FORMATS = {
    str: "@", type(None): "General", bool: "General", int: "General", float: "General",
    date: DAY, datetime: "yyyy-mm-dd h:mm:ss", time: "h:mm:ss",
}  # fmt: skip
_BOOK = "xl/workbook.xml"
_SHEET_DATA = re.compile(r"<sheetData\s*/>|<sheetData></sheetData>")


def xlsx_copy(name: str, data: bytes) -> Parts:
    """The parts of a workbook with the values of a .xls, .ods or .csv file.

    Args:
        name: the file's name.
        data: its bytes.

    Raises:
        CannotMark: it is no table.
    """
    try:
        document = read_document(name, data)
    except Unreadable as error:
        raise CannotMark(error.rule_id) from error
    if document.kind not in ("workbook", "csv"):
        raise CannotMark(document.kind)
    if not document.grids:
        raise CannotMark("empty")
    package, styles = _prepared(len(document.grids))
    filled, titles = {_BOOK: package.read(_BOOK)}, list[str]()
    for number, grid in enumerate(document.grids):
        titles.append(sheet_title(grid.name, titles))
        filled[_BOOK] = _named(filled[_BOOK], _stand_in(number), titles[-1], grid.hidden)
        part = f"xl/worksheets/sheet{number + 1}.xml"
        before, after = _SHEET_DATA.split(package.read(part))
        filled[part] = f"{before}{_sheet(grid, styles)}{after}"
    return Parts(package.parts(filled))


def _stand_in(number: int) -> str:
    """The title of a sheet in the prepared workbook."""
    return f"({number})"


def _named(book: str, stand_in: str, title: str, hidden: bool) -> str:
    """The part of the workbook with the sheet's own title."""
    before, after = book.split(f'name="{stand_in}"', 1)
    if hidden:
        after = after.replace('state="visible"', 'state="hidden"', 1)
    return f"{before}name={quoteattr(title)}{after}"


@cache
def _prepared(sheets: int) -> tuple[Package, Styles]:
    """A workbook of so many empty sheets, and the numbers of its looks."""
    book, styles = Workbook(), {}
    book.remove(book.worksheets[0])
    for number in range(sheets):
        print_on_a4(book.create_sheet(_stand_in(number)), landscape=True)
    for key in product((False, True), dict.fromkeys(_FORMATS.values())):
        cell: Any = Cell(book.worksheets[0], 1, 1)
        many, cell.number_format = key
        cell.font = Font(name="Times New Roman", size=12)
        cell.alignment = Alignment(vertical="top", wrap_text=many)
        if many:
            cell.border = _BOX
        styles[key] = int(cell.style_id)
    out = BytesIO()
    book.save(out)
    return Package(out.getvalue()), styles


def _sheet(grid: Grid, styles: Styles) -> str:
    """What of a sheet's part is the table's: widths, cells, merged ranges."""
    widths: dict[int, int] = {}
    rows = []
    for row, values in enumerate(grid.rows, start=1):
        filled = sum(value not in _EMPTY for value in values)
        if not filled:
            continue
        many = filled > 1
        cells = []
        for column, value in enumerate(map(_safe, values)):
            style = styles[many, _FORMATS[type(value)]]
            cells.append(f'<c r="{address(row - 1, column)}" s="{style}"{cell_end(value)}')
        height = ""
        if many:
            shown = [len(str(value or "")) for value in values]
            for column, letters in enumerate(shown, start=1):
                widths[column] = min(max(widths.get(column, 8), letters + 2), _WIDEST)
            height = f' ht="{17 * max(-(-max(shown) // (_WIDEST - 3)), 1)}" customHeight="1"'
        rows.append(f'<row r="{row}"{height}>{"".join(cells)}</row>')
    columns = "".join(
        f'<col min="{column}" max="{column}" width="{width}" customWidth="1"/>'
        for column, width in widths.items()
    )
    merged = "".join(
        f'<mergeCell ref="{address(top, left)}:{address(bottom, right)}"/>'
        for top, left, bottom, right in grid.merges
    )
    return "".join(
        (
            f"<cols>{columns}</cols>" if columns else "",
            f"<sheetData>{''.join(rows)}</sheetData>",
            f'<mergeCells count="{len(grid.merges)}">{merged}</mergeCells>' if merged else "",
        )
    )


def _safe(value: CellValue) -> str | bool | int | float | date | time | None:
    """Numbers, days and truth values as such; all else as text, never as a formula."""
    if value in _EMPTY:
        return None
    if isinstance(value, CellError):
        return value.code
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, float) and not isfinite(value):
        return None
    if isinstance(value, int) and abs(value) > 10**15:
        return format_number(value)
    return value
