"""An .xlsx copy of a table in another format, cell by cell at the same addresses, to be marked."""

from __future__ import annotations

from copy import copy
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.inbox.document import CellError, CellValue, Grid, Unreadable
from pipelines.inbox.read import read_document
from pipelines.reports.returned.marks import CannotMark
from pipelines.reports.sheets import print_on_a4, sheet_title
from pipelines.text.numbers_vi import format_number

_LINE = Side(style="thin", color="FF76818D")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WIDEST = 30
_EMPTY = (None, "")


def xlsx_copy(name: str, data: bytes) -> bytes:
    """A workbook with the values of a .xls, .ods or .csv file.

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
    book = Workbook()
    book.remove(book.worksheets[0])
    looks = _Looks()
    for grid in document.grids:
        _sheet(book.create_sheet(sheet_title(grid.name, book.sheetnames)), grid, looks)
    if not book.worksheets:
        raise CannotMark("empty")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


class _Looks:
    """The looks of cells in one workbook: each is made once and then shared, which is many times quicker."""

    def __init__(self) -> None:
        """Start with none."""
        self._made: dict[tuple[bool, str], Any] = {}

    def put_on(self, cell: Any, many: bool) -> None:
        """Give a cell its look: a box where the row has several values."""
        key = (many, cell.number_format)
        if key not in self._made:
            cell.font = Font(name="Times New Roman", size=12)
            cell.alignment = Alignment(vertical="top", wrap_text=many)
            if many:
                cell.border = _BOX
            self._made[key] = cell._style
        cell._style = copy(self._made[key])


def _sheet(sheet: Worksheet, grid: Grid, looks: _Looks) -> None:
    if grid.hidden:
        sheet.sheet_state = "hidden"
    widths: dict[str, int] = {}
    for row, values in enumerate(grid.rows, start=1):
        filled = sum(value not in _EMPTY for value in values)
        if not filled:
            continue
        many = filled > 1
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(row, column)
            _put(cell, value)
            looks.put_on(cell, many)
            if many:
                shown = len(str(value or "")) + 2
                letter = get_column_letter(column)
                widths[letter] = min(max(widths.get(letter, 8), shown), _WIDEST)
    for top, left, bottom, right in grid.merges:
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width
    for row, values in enumerate(grid.rows, start=1):
        if sum(value not in _EMPTY for value in values) > 1:
            lines = max(-(-len(str(value or "")) // (_WIDEST - 3)) for value in values)
            sheet.row_dimensions[row].height = 17 * max(lines, 1)
    print_on_a4(sheet, landscape=True)


def _put(cell: Cell | MergedCell, value: CellValue) -> None:
    """Numbers, days and truth values as such; all else as text, never as a formula."""
    if value in _EMPTY:
        return
    if isinstance(value, CellError | str):
        words = value.code if isinstance(value, CellError) else value
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", words)
        cell.data_type = "s"
        cell.number_format = "@"
    elif isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "dd/mm/yyyy"
    elif isinstance(value, float) and value != value:
        cell.value = None
    elif isinstance(value, int) and abs(value) > 10**15:
        cell.value = format_number(value)
    else:
        cell.value = value if isinstance(value, bool | int | float | time) else str(value)
