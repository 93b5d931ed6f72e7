"""A workbook of two sheets prepared once (pages, widths, styles), whose cells are filled in many times."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from io import BytesIO

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.reports.mau_02.xlsx_looks import FACE, Look
from pipelines.reports.package import Package, xml_text

Place = tuple[int, int, int, int]
"""Top, left, bottom and right, one-based, inclusive."""
SheetPlan = tuple[str, tuple[float, ...], int]
"""Title, widths of the columns, most pages (0: as many as it takes)."""
_LETTERS = " ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_TEXT = ' t="inlineStr"'
_ANY_ROW = 1_000_000
"""Stands for the last row to print in the prepared workbook."""
_THEME = "xl/theme/theme1.xml"
"""The library's, which only its own usual font refers to."""
_STYLES, _COLOUR_OF_THEME = "xl/styles.xml", re.compile(r'<color theme="\d+"\s*/>')
_BOOK, _SHEETS = "xl/workbook.xml", ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml")


class SheetXml:
    """The cells of one sheet as they stand in its part."""

    def __init__(self, styles: dict[Look, int]) -> None:
        """An empty sheet whose looks have these numbers."""
        self._styles = styles
        self._rows: defaultdict[int, dict[int, str]] = defaultdict(dict)
        self._merges: list[str] = []
        self.heights: dict[int, int] = {}
        """Heights in points of the rows that differ."""
        self._first: list[int] = []

    def put(self, row: int, column: int, value: str | int, look: Look) -> None:
        """One value in a cell; text stays text, whatever it begins with."""
        self._rows[row][column] = f'<c r="{_LETTERS[column]}{row}"{_said(value, self._styles[look])}'

    def merge(self, place: Place, value: str, look: Look) -> None:
        """A text in a merged range; a framed one has its frame around every cell."""
        top, left, bottom, right = place
        if look.is_boxed:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    self._rows[row][column] = f'<c r="{_LETTERS[column]}{row}" s="{self._styles[look]}"/>'
        self.put(top, left, value, look)
        if (top, left) != (bottom, right):
            self._merges.append(f'<mergeCell ref="{_LETTERS[left]}{top}:{_LETTERS[right]}{bottom}"/>')

    def new_page(self, row: int) -> None:
        """Begin a page with this row."""
        self._first.append(row)

    def breaks(self) -> str:
        """The element rowBreaks; nothing without one."""
        found = "".join(f'<brk id="{row - 1}" max="16383" man="1"/>' for row in self._first)
        count = len(self._first)
        return f'<rowBreaks count="{count}" manualBreakCount="{count}">{found}</rowBreaks>' if found else ""

    def data(self) -> str:
        """The elements sheetData and mergeCells."""
        rows = []
        for row in sorted(self._rows.keys() | self.heights.keys()):
            cells = self._rows[row]
            height = f' ht="{self.heights[row]}" customHeight="1"' if row in self.heights else ""
            rows.append(f'<row r="{row}"{height}>{"".join(cells[column] for column in sorted(cells))}</row>')
        merges = f'<mergeCells count="{len(self._merges)}">{"".join(self._merges)}</mergeCells>'
        return f"<sheetData>{''.join(rows)}</sheetData>{merges}"


@lru_cache(maxsize=4096)  # most cells of a table are one of few
def _said(value: str | int, style: int) -> str:
    """A cell after its address."""
    if isinstance(value, str):
        return f' s="{style}"{_TEXT}><is><t xml:space="preserve">{xml_text(value)}</t></is></c>'
    return f' s="{style}"><v>{value}</v></c>'


class Workbook:
    """The prepared workbook."""

    def __init__(
        self, first: SheetPlan, second: SheetPlan, first_header: str, title_rows: tuple[int, int]
    ) -> None:
        """Prepare it.

        Args:
            first: the sheet with the form.
            second: the sheet with the annex.
            first_header: printed right above the form's first page.
            title_rows: rows of the form repeated on each page.
        """
        book = openpyxl.Workbook()
        sheet = book.active
        assert isinstance(sheet, Worksheet)
        for number, (page, plan) in enumerate(((sheet, first), (book.create_sheet(), second))):
            page.title = plan[0]
            _page(page, plan[1], plan[2])
            page.HeaderFooter.differentFirst = number == 0
            assert page.firstHeader is not None
            right = page.firstHeader.right
            right.text, right.font, right.size = first_header, f"{FACE},Bold", 13
        sheet.print_title_rows = "{}:{}".format(*title_rows)
        sheet.print_area = f"A1:I{_ANY_ROW}"
        for row, look in enumerate(Look, 1):
            cell = sheet.cell(row, 1)
            assert isinstance(cell, Cell)
            look.dress(cell)
        data = BytesIO()
        book.save(data)
        self._package = Package(data.getvalue())
        self._package.leave_out(_THEME)
        self._package.lay(_STYLES, _COLOUR_OF_THEME.sub("", self._package.read(_STYLES)))
        self._book = self._package.read(_BOOK)
        numbers = re.findall(r'<c r="A\d+" s="(\d+)"', self._package.read(_SHEETS[0]))
        self._styles = {look: int(number) for look, number in zip(Look, numbers, strict=True)}
        self._frames = []
        for name in _SHEETS:
            bare = re.sub(r"<dimension [^>]*/>", "", self._package.read(name))
            before, after = re.split(r"<sheetData\s*/>|<sheetData>.*</sheetData>", bare, flags=re.DOTALL)
            self._frames.append((before, after))

    def sheets(self) -> tuple[SheetXml, SheetXml]:
        """Two empty sheets to fill."""
        return SheetXml(self._styles), SheetXml(self._styles)

    def filled(self, sheets: tuple[SheetXml, SheetXml], last_row: int) -> bytes:
        """The workbook with these cells; ``last_row`` is the last of the form's sheet that is printed."""
        changed = {}
        for name, sheet, (before, after) in zip(_SHEETS, sheets, self._frames, strict=True):
            ending = f"{sheet.breaks()}</worksheet>"
            changed[name] = f"{before}{sheet.data()}{after.replace('</worksheet>', ending)}"
        changed[_BOOK] = self._book.replace(f"${_ANY_ROW}", f"${last_row}")
        return self._package.filled(changed)


def _page(sheet: Worksheet, widths: tuple[float, ...], pages: int) -> None:
    """A4 landscape, one page wide, at most so many pages long (0: as many as it takes)."""
    for letter, width in zip(_LETTERS[1:], widths, strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = pages
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.top = margins.bottom = 20 / 25.4
    margins.left, margins.right, margins.header = 30 / 25.4, 15 / 25.4, 10 / 25.4
    # page numbers from the second page on
    assert sheet.oddHeader is not None
    centre = sheet.oddHeader.center
    centre.text, centre.font, centre.size = "&P", f"{FACE},Regular", 13
