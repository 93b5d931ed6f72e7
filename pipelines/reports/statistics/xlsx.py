"""A table of the ministry as a workbook: A4 landscape, one page wide, header repeated, cells safe to open."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.reports.mau_02.form import Merged, merged_header
from pipelines.reports.sheets import COUNT, print_on_a4, put
from pipelines.reports.statistics.content import Content, Row, words

FACE = "Times New Roman"
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
NAME_WIDTH, CODE_WIDTH, UNIT_WIDTH = 36, 6, 11
ROOM, LEAST, MOST = 138, 8, 12
"""Signs that fit on A4 landscape unshrunk, and in a column of numbers."""
FIRST = 4
"""The first column of numbers; before it name, code and unit of count."""


def write_xlsx(content: Content, path: Path) -> None:
    """Write the table.

    Args:
        content: what it says.
        path: the file; one that is there is replaced.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = content.table.id
    last = FIRST + len(content.columns) - 1
    widths = _widths(content)
    top = _heading(sheet, content, last)
    row = _header(sheet, content, top, widths)
    for one in content.rows:
        row = _row(sheet, row, one, last)
    if content.outside:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        _cell(sheet, row, 1, words()["outside_title"], bold=True, across="left", boxed=False)
        row += 1
        for one in content.outside:
            row = _row(sheet, row, one, last)
    for note in content.notes:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        _cell(sheet, row, 1, f"- {note}", italic=True, across="left", boxed=False)
        sheet.row_dimensions[row].height = 16 * (1 + len(note) // 130)
        row += 1
    _signatures(sheet, row + 1, last)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    print_on_a4(sheet, landscape=True)
    book.save(path)


def _widths(content: Content) -> list[int]:
    """Signs in each column: as many as the page has room for."""
    before, count = (NAME_WIDTH, CODE_WIDTH, UNIT_WIDTH), len(content.columns)
    return [*before, *[min(MOST, max(LEAST, (ROOM - sum(before)) // count))] * count]


def _cell(
    sheet: Worksheet,
    row: int,
    column: int,
    value: int | str,
    *,
    bold: bool = False,
    italic: bool = False,
    across: str = "center",
    boxed: bool = True,
    size: int = 11,
) -> None:
    cell = sheet.cell(row, column)
    put(cell, value)
    cell.font = Font(name=FACE, size=size, bold=bold, italic=italic)
    beside = int(across == "right")  # a number keeps off the border
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=across, indent=beside)
    if isinstance(value, int):
        cell.number_format = COUNT
    if boxed:
        cell.border = _BOX


def _heading(sheet: Worksheet, content: Content, last: int) -> int:
    """The lines above the table; returns its first row."""
    say, table = words(), content.table
    half = max(FIRST, (last + FIRST) // 2)
    lines = (
        (say["form_number"].format(number=table.number), say["reporting"].format(unit=content.unit)),
        (table.document_vi, say["receiving"]),
        (f"{say['received']} {table.due_vi}", ""),
    )
    for row, (left, right) in enumerate(lines, 1):
        _span(sheet, row, 1, half - 1, left, bold=row == 1, across="left")
        _span(sheet, row, half, last, right, bold=row == 1, across="left")
    _span(sheet, 5, 1, last, table.title, bold=True, size=14)
    sheet.row_dimensions[5].height = 40
    _span(sheet, 6, 1, last, say["year"].format(year=content.year, before=content.year - 1), italic=True)
    return 8


def _span(
    sheet: Worksheet,
    row: int,
    left: int,
    right: int,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    across: str = "center",
    size: int = 11,
) -> None:
    if right > left:
        sheet.merge_cells(start_row=row, start_column=left, end_row=row, end_column=right)
    _cell(sheet, row, left, text, bold=bold, italic=italic, across=across, boxed=False, size=size)


def _header(sheet: Worksheet, content: Content, top: int, widths: list[int]) -> int:
    """The nested header and the row of its numbers, repeated in print; returns the first row of numbers."""
    said = words()["columns"]
    paths = [[said["name"]], [said["code"]], [said["unit"]], *(list(one.path) for one in content.columns)]
    height, cells = merged_header(paths)
    last = len(widths)
    for row in range(top, top + height):
        for column in range(1, last + 1):
            _cell(sheet, row, column, "")
    for cell in cells:
        first, across = top + cell.top, cell.left + 1
        _cell(sheet, first, across, cell.text, bold=True)
        if (cell.top, cell.left) != (cell.bottom, cell.right):
            sheet.merge_cells(
                start_row=first, start_column=across, end_row=top + cell.bottom, end_column=cell.right + 1
            )
    for row in range(height):
        lines = max(
            [
                1.5,
                *(
                    _lines(cell, widths) / (cell.bottom - cell.top + 1)
                    for cell in cells
                    if cell.top <= row <= cell.bottom
                ),
            ]
        )
        sheet.row_dimensions[top + row].height = 15 * lines
    for column in range(1, last + 1):
        _cell(sheet, top + height, column, "")
    for left, right, number in content.numbers:
        _cell(sheet, top + height, left + 1, number, italic=True)
        if right > left:
            sheet.merge_cells(
                start_row=top + height, start_column=left + 1, end_row=top + height, end_column=right + 1
            )
    sheet.print_title_rows = f"{top}:{top + height}"
    return top + height + 1


def _lines(cell: Merged, widths: list[int]) -> int:
    """Lines that the words of a header need."""
    return -(-len(cell.text) // sum(widths[cell.left : cell.right + 1]))


def _row(sheet: Worksheet, row: int, one: Row, last: int) -> int:
    _cell(sheet, row, 1, one.label, bold=one.is_bold, across="left")
    _cell(sheet, row, 2, one.code)
    _cell(sheet, row, 3, one.unit)
    cells = one.cells or ("",) * (last - FIRST + 1)
    for column, value in enumerate(cells, FIRST):
        _cell(
            sheet,
            row,
            column,
            value,
            bold=one.is_bold,
            across="right" if isinstance(value, int) else "center",
        )
    lines = -(-len(one.label) // (NAME_WIDTH + 4))  # its letters are narrow
    sheet.row_dimensions[row].height = 3 + 14 * lines
    return row + 1


def _signatures(sheet: Worksheet, row: int, last: int) -> None:
    say, half = words(), max(FIRST, (last + FIRST) // 2)
    _span(sheet, row, half, last, say["place_date"], italic=True)
    for place, (left, right) in enumerate(((say["maker"], say["head"]), (say["hint"], say["hint"])), row + 1):
        _span(sheet, place, 1, half - 1, left, bold=place == row + 1, italic=place > row + 1)
        _span(sheet, place, half, last, right, bold=place == row + 1, italic=place > row + 1)
