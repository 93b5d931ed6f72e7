"""Mẫu 02 as a workbook: A4 landscape, one page wide, the header repeated, every cell safe to open."""

from __future__ import annotations

from pathlib import Path

from pipelines.reference.models.awards import Mau02
from pipelines.reports.mau_02.annex import Table, annex_tables
from pipelines.reports.mau_02.content import Content, words
from pipelines.reports.mau_02.form import (
    SUB_LINES,
    Merged,
    annex_notes,
    label_of,
    note_lines,
    official_cells,
    official_header,
    subtitle,
    title_lines,
)
from pipelines.reports.mau_02.workbook import SheetXml, Workbook
from pipelines.reports.mau_02.xlsx_looks import Look

WIDTHS = (6, 46, 11, 11, 11, 11, 11, 11, 11)
ANNEX_WIDTHS = (6, 46, 12, 12, 12, 12, 12, 12, 26)
HALF = 14
"""Rows that leave room for a heading with what it heads on the same page."""
LETTERS = 44
"""Of an award's name in one line of the annex."""
TABLE_TOP = 8 + len(words()["title"])
"""The first row of the header: seven rows of letterhead and blank lines, the title, a blank line."""
CELL = {
    "group": (Look.BOX_BOLD, Look.BOX_BOLD_LEFT, Look.BOX_BOLD_NUMBER),
    "total": (Look.BOX_BOLD, Look.BOX_BOLD_LEFT, Look.BOX_BOLD_NUMBER),
    "line": (Look.BOX, Look.BOX_LEFT, Look.BOX_NUMBER),
    "sub": (Look.BOX, Look.BOX_ITALIC_LEFT, Look.BOX_NUMBER),
}
"""How number, name and amounts of a row look."""


class WorkbookPrinter:
    """Prints mẫu 02 as .xlsx; pages, styles and widths are prepared once."""

    def __init__(self, form: Mau02) -> None:
        """Prepare the workbook.

        Args:
            form: as the reference data describe it.
        """
        self._form = form
        self._height, self._header = official_header(form)
        say = words()
        self._book = Workbook(
            ("Mẫu 02", WIDTHS, 2),
            (say["annex"]["sheet"], ANNEX_WIDTHS, 0),
            first_header=say["form_label"],
            title_rows=(TABLE_TOP, TABLE_TOP + self._height - 1),
        )
        self._annex = annex_tables()

    def printed(self, content: Content) -> bytes:
        """The file: the official sheet and the annex; equal contents give equal bytes."""
        sheet, annex = self._book.sheets()
        row = _letterhead(sheet, content)
        row = self._table(sheet, row, content)
        row = _notes(sheet, row + 1, note_lines(self._form, content))
        last = _signature(sheet, row + 1)
        self._write_annex(annex, content)
        return self._book.filled((sheet, annex), last)

    def _table(self, sheet: SheetXml, top: int, content: Content) -> int:
        _header(sheet, top, self._header)
        row, before = top + self._height, None
        for line in content.lines:
            look = "sub" if line.row_type in SUB_LINES else line.row_type
            number, name, amount = CELL.get(look, CELL["line"])
            if line.row_type == "total":
                sheet.merge((row, 1, row, 2), line.label, number)
            else:
                sheet.put(row, 1, line.number or "", number)
                sheet.put(row, 2, label_of(line, before), name)
            for column, value in enumerate(official_cells(line), 3):
                sheet.put(row, column, value, amount)
            sheet.heights[row] = 18
            row, before = row + 1, line
        return row

    def _write_annex(self, sheet: SheetXml, content: Content) -> None:
        annex = words()["annex"]
        sheet.merge((1, 1, 1, 9), annex["title"], Look.TITLE)
        sheet.merge((2, 1, 2, 9), subtitle(content), Look.ITALIC)
        row, first = 4, 1
        for table in self._annex:
            first = _page_of(sheet, row, first)
            row = _annex_table(sheet, row, table, table.rows_of(content))
        _page_of(sheet, row, first)
        sheet.merge((row, 1, row, 9), annex["policies_title"], Look.BOLD_LEFT)
        _notes(sheet, row + 1, [f"- {line}" for line in annex_notes(self._form, content)], letters=130)


def write_xlsx(content: Content, form: Mau02, out: Path) -> None:
    """Write one file.

    Args:
        content: what the print says.
        form: the form as the reference data describe it.
        out: the file to write.
    """
    out.write_bytes(WorkbookPrinter(form).printed(content))


def _letterhead(sheet: SheetXml, content: Content) -> int:
    """Agency and number left, Quốc hiệu and Tiêu ngữ right, then the title; gives the next free row."""
    say = words()
    sheet.merge((1, 1, 1, 2), (content.superior or "").upper(), Look.PLAIN)
    sheet.merge((1, 3, 1, 9), say["country"], Look.BOLD)
    sheet.merge((2, 1, 2, 2), content.unit.upper(), Look.BOLD)
    sheet.merge((2, 3, 2, 9), say["motto"], Look.TITLE)
    sheet.merge((3, 1, 3, 2), say["agency_rule"], Look.RULE)
    sheet.merge((3, 3, 3, 9), say["motto_rule"], Look.RULE)
    sheet.heights[3] = 11
    sheet.merge((4, 1, 4, 2), say["number_line"], Look.PLAIN)
    sheet.merge((4, 3, 4, 9), say["place_date"], Look.ITALIC)
    row = 6
    for line in title_lines(content):
        sheet.merge((row, 1, row, 9), line, Look.TITLE)
        row += 1
    sheet.merge((row, 1, row, 9), say["reference"].format(unit=content.unit), Look.ITALIC)
    return row + 2


def _header(sheet: SheetXml, top: int, header: list[Merged]) -> None:
    for cell in header:
        place = (top + cell.top, cell.left + 1, top + cell.bottom, cell.right + 1)
        sheet.merge(place, cell.text, Look.BOX_BOLD)


def _notes(sheet: SheetXml, row: int, lines: list[str], width: int = 9, letters: int = 120) -> int:
    for line in lines:
        sheet.merge((row, 1, row, width), line, Look.NOTE)
        sheet.heights[row] = 16 * (1 + len(line) // letters)
        row += 1
    return row


def _signature(sheet: SheetXml, row: int) -> int:
    """Receivers and signature; gives the last row to print."""
    say = words()
    sheet.merge((row, 1, row, 2), say["receivers"], Look.RECEIVERS)
    sheet.merge((row, 6, row, 9), say["signer"], Look.BOLD)
    sheet.merge((row + 1, 1, row + 1, 2), say["receiver_line"], Look.RECEIVER)
    sheet.merge((row + 1, 6, row + 1, 9), say["signer_hint"], Look.ITALIC)
    # room for signature and stamp
    for blank in range(row + 2, row + 6):
        sheet.heights[blank] = 18
    return row + 6


def _page_of(sheet: SheetXml, row: int, first: int) -> int:
    """The first row of the page a heading stands on: its own, where much stands above it already.

    How many rows a page holds the printing program decides; so no heading is alone at the foot of any.
    """
    if row - first < HALF:
        return first
    sheet.new_page(row)
    return row


def _annex_table(sheet: SheetXml, row: int, table: Table, rows: list[tuple[str, ...]]) -> int:
    sheet.merge((row, 1, row, 9), table.title if rows else table.title_without_rows, Look.BOLD_LEFT)
    if not rows:
        return row + 2
    row += 1
    _header(sheet, row, table.header)
    for line in range(table.height):
        sheet.heights[row + line] = 18 if line else 33
    row += table.height
    for values in rows:
        for column, value in enumerate(values, 1):
            words_here = column in table.text_columns
            look = Look.BOX if column == 1 else Look.BOX_LEFT if words_here else Look.BOX_NUMBER
            sheet.put(row, column, value, look)
        sheet.heights[row] = 18 * (1 + max(map(len, values)) // LETTERS)
        row += 1
    return row + 1
