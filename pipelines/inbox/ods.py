""".ods workbooks, straight from content.xml: repeats, merged ranges, hidden sheets, formulas, old fonts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from lxml import etree

from pipelines.inbox import limits
from pipelines.inbox.document import Block, CellError, CellValue, Comment, Document, Grid, Unreadable, a1
from pipelines.inbox.grids import check_size, trim
from pipelines.inbox.odf_fonts import OdfFonts
from pipelines.inbox.ods_margin import hidden_columns, margin, tell_sources
from pipelines.inbox.package import Package
from pipelines.inbox.pictures import is_large
from pipelines.inbox.safe_xml import local, parse

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_ROW_GROUPS = {"table-row-group", "table-header-rows", "table-rows"}
MOST_HIDDEN = 10_000
"""Rows hidden at once that are told; more are the empty end of a sheet."""
_ERRORS = ("#", "Err:")


def read_ods(package: Package) -> Document:
    """Read a workbook of LibreOffice.

    Args:
        package: the file, opened.

    Raises:
        Unreadable: RD-HONG, RD-MAT-KHAU, RD-BOM-NEN, RD-XML-THUC-THE, RD-QUA-LON.
    """
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Unreadable("RD-MAT-KHAU")
    root = parse(package.read("content.xml"))
    styles = parse(package.read("styles.xml")) if "styles.xml" in package else None
    fonts = OdfFonts(root, styles)
    tables = root.findall(f".//{_OFFICE}spreadsheet/{_TABLE}table")
    if len(tables) > limits.SHEETS:
        raise Unreadable("RD-QUA-LON")
    since_1904 = _counts_from_1904(root)
    grids: list[Block] = []
    left = limits.FILE_CELLS
    for table in tables:
        sheet = _Sheet(table, fonts, left)
        left -= sheet.cells
        sheet.grid.since_1904 = since_1904
        grids.append(sheet.grid)
    if len(grids) > 1:
        tell_sources(root, [grid for grid in grids if isinstance(grid, Grid)])
    return Document("workbook", grids)


def _counts_from_1904(root: etree._Element) -> bool:
    day = next(root.iter(f"{_TABLE}null-date"), None)
    return day is not None and (day.get(f"{_TABLE}date-value") or "").startswith("1904")


class _Sheet:
    def __init__(self, table: etree._Element, fonts: OdfFonts, most_cells: int) -> None:
        self._fonts = fonts
        self._most_cells = most_cells
        self.cells = 0
        self._blank_rows = 0
        hidden = fonts.is_hidden(table.get(f"{_TABLE}style-name"))
        self.grid = Grid(table.get(f"{_TABLE}name", ""), [], hidden=hidden)
        self.grid.margin = margin(table, fonts)
        self.grid.hidden_columns = hidden_columns(table)
        self._rows(table)
        trim(self.grid.rows)
        check_size(len(self.grid.rows), max(map(len, self.grid.rows), default=0))

    def _rows(self, parent: etree._Element) -> None:
        for child in parent:
            name = local(child)
            if name == "table-row":
                self._row(child)
            elif name in _ROW_GROUPS:
                self._rows(child)

    def _row(self, element: etree._Element) -> None:
        times = _count(element, "number-rows-repeated")
        start = len(self.grid.rows) + self._blank_rows
        hidden = element.get(f"{_TABLE}visibility") in ("collapse", "filter")
        flat = self._fonts.is_flat(element.get(f"{_TABLE}style-name"))
        if (hidden or flat) and times <= MOST_HIDDEN:
            self.grid.hidden_rows.extend(range(start, start + times))
        cells = self._row_cells(element, start)
        if not cells:
            self._blank_rows += times  # laid out only when a filled row follows
            return
        check_size(start + times, len(cells))
        self.cells += self._blank_rows + times * len(cells)
        if self.cells > self._most_cells:
            raise Unreadable("RD-QUA-LON")
        self.grid.rows.extend([] for _ in range(self._blank_rows))
        self._blank_rows = 0
        self.grid.rows.extend([*cells] for _ in range(times))

    def _row_cells(self, element: etree._Element, row: int) -> list[CellValue]:
        cells: list[CellValue] = []
        blanks = 0
        for cell in element:
            name = local(cell)
            if name not in ("table-cell", "covered-table-cell"):
                continue
            times = _count(cell, "number-columns-repeated")
            column = len(cells) + blanks
            self._merge(cell, row, column)
            value = self._value(cell, row, column) if name == "table-cell" else ""
            if value == "":
                blanks += times
                continue
            check_size(1, column + times)
            cells.extend([""] * blanks)
            cells.extend([value] * times)
            blanks = 0
        return cells

    def _merge(self, cell: etree._Element, row: int, column: int) -> None:
        height, width = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if height > 1 or width > 1:
            self.grid.merges.append((row, column, row + height - 1, column + width - 1))

    def _value(self, cell: etree._Element, row: int, column: int) -> CellValue:
        if cell.get(f"{_TABLE}formula") is not None:
            self.grid.formulas.add((row, column))
        if cell.find(".//{*}frame/{*}image") is not None:
            self.grid.pictures.append(row)
            frames = (each for each in cell.iter("{*}frame") if each.find("{*}image") is not None)
            self.grid.large_pictures += sum(
                is_large(each.get(f"{_SVG}width"), each.get(f"{_SVG}height")) for each in frames
            )
        for note in cell.iterfind(f"{_OFFICE}annotation"):
            text = " ".join(str(p) for p in note.itertext("{*}p", "{*}span")).strip()
            author = str(note.findtext("{http://purl.org/dc/elements/1.1/}creator") or "")
            self.grid.comments.append(Comment(a1(row, column), text, author))
        if self._fonts.is_struck(cell.get(f"{_TABLE}style-name")) or self._fonts.holds_struck(cell):
            self.grid.struck.append((row, column))
        if self._fonts.is_unseen(cell.get(f"{_TABLE}style-name")) and len(cell):
            self.grid.unseen.append((row, column))
        kind = cell.get(f"{_OFFICE}value-type")
        stored, shown = self._fonts.text_of(cell)
        if cell.get(f"{_CALC}value-type") == "error" or (
            (row, column) in self.grid.formulas and stored.startswith(_ERRORS)
        ):
            return CellError(stored or "#ERROR!")
        if kind is None or kind == "string":
            if shown != stored:
                self.grid.originals[row, column] = stored
            return cell.get(f"{_OFFICE}string-value") or shown if kind else shown
        return _typed(cell, kind)


def _count(element: etree._Element, attribute: str) -> int:
    text = element.get(f"{_TABLE}{attribute}", "1")
    if not text.isdecimal() or len(text) > 8:
        raise Unreadable("RD-HONG")
    return int(text)


def _typed(cell: etree._Element, kind: str) -> CellValue:
    try:
        if kind in ("float", "percentage", "currency"):
            return float(cell.get(f"{_OFFICE}value", ""))
        if kind == "boolean":
            return cell.get(f"{_OFFICE}boolean-value") == "true"
        if kind == "date":
            return _date(cell.get(f"{_OFFICE}date-value", ""))
        if kind == "time":
            return _time(cell.get(f"{_OFFICE}time-value", ""))
    except ValueError as error:
        raise Unreadable("RD-HONG") from error
    raise Unreadable("RD-HONG")


def _date(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _time(text: str) -> time | timedelta:
    """``PT08H30M00S`` as a time of the day, or as a length when it is a day or more."""
    hours, minutes, seconds = (
        text.removeprefix("PT").removesuffix("S").replace("H", " ").replace("M", " ").split()
    )
    length = timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))
    if length >= timedelta(days=1):
        return length
    return (datetime.min + length).time()
