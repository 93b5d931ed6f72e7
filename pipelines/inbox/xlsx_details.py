"""What calamine does not tell about a sheet: error values, formulas, old fonts, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from lxml import etree

from pipelines.inbox.calamine_grids import put
from pipelines.inbox.document import NOT_CALCULATED, CellError, Grid, Unreadable
from pipelines.inbox.opc import relations
from pipelines.inbox.package import Package
from pipelines.inbox.pictures import is_large_drawing
from pipelines.inbox.safe_xml import parse
from pipelines.inbox.xlsx_cells import RawCell, Runs, scan
from pipelines.text.legacy_fonts import is_legacy, to_unicode

WORKBOOK = "xl/workbook.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_RUN_FONT = re.compile(rb"rFont")  # found faster than by ``in``


def sheet_parts(package: Package) -> dict[str, str]:
    """Name of each worksheet → name of its part, as the workbook lists them."""
    targets = {each.id: each.target for each in relations(package, WORKBOOK)}
    sheets = {}
    for sheet in parse(package.read(WORKBOOK)).iter("{*}sheet"):
        target = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION) or "")
        name = sheet.get("name", "")
        if name in sheets:
            raise Unreadable("RD-HONG")
        if target:
            sheets[name] = target
    return sheets


def shared_parts(package: Package) -> tuple[bytes, bytes]:
    """The parts with the cell styles and with the shared strings; empty where there is none."""
    styles, strings = (
        package.read(name) if name in package else b"" for name in ("xl/styles.xml", "xl/sharedStrings.xml")
    )
    return styles, strings


def names_legacy_font(styles: bytes, strings: bytes, sheets: Iterable[bytes]) -> bool:
    """Whether cell styles or runs of text, shared or in the sheets themselves, name a TCVN3 or VNI font."""
    for part in (styles, strings, *sheets):
        if part is styles or _RUN_FONT.search(part):
            lower = part.lower()
            if b'".vn' in lower or b'"vni-' in lower or b"'.vn" in lower or b"'vni-" in lower:
                return True
    return False


def look_again(package: Package, xml: bytes, grid: Grid, fonts: bool) -> None:
    """Put error values, formula marks and converted text into a grid that calamine read.

    Args:
        package: the workbook.
        xml: the sheet's part.
        grid: what calamine read; changed in place.
        fonts: whether the workbook names TCVN3 or VNI fonts.
    """
    styles = _style_fonts(package) if fonts else []
    strings = _string_runs(package) if fonts else []

    def visit(cell: RawCell) -> None:
        if cell.formula:
            grid.formulas.add((cell.row, cell.column))
            stored = cell.value if cell.kind == "str" else cell.value or None  # an empty text is a value
            if stored is None and not cell.runs:
                put(grid, cell.row, cell.column, NOT_CALCULATED)
        if cell.kind == "e":
            put(grid, cell.row, cell.column, CellError(cell.value or "#ERROR!"))
        elif fonts and cell.kind in ("s", "str", "inlineStr"):
            _convert(grid, cell, styles, strings)

    scan(xml, visit)


def _convert(grid: Grid, cell: RawCell, styles: list[str | None], strings: list[Runs]) -> None:
    style = int(cell.style) if cell.style.isdecimal() else 0
    font = styles[style] if style < len(styles) else None
    runs = cell.runs
    if cell.kind == "s":
        index = int(cell.value) if cell.value and cell.value.isdecimal() else -1
        runs = strings[index] if 0 <= index < len(strings) else []
    elif cell.kind == "str":
        runs = [(None, cell.value or "")]
    if not any(is_legacy(run_font or font) for run_font, _ in runs):
        return
    stored = "".join(text for _, text in runs)
    text = "".join(to_unicode(text, run_font or font) for run_font, text in runs)
    if text != stored and cell.row < len(grid.rows) and cell.column < len(grid.rows[cell.row]):
        grid.rows[cell.row][cell.column] = text
        grid.originals[cell.row, cell.column] = stored


def _style_fonts(package: Package) -> list[str | None]:
    """Font name of each cell style, by its index in ``cellXfs``."""
    if "xl/styles.xml" not in package:
        return []
    root = parse(package.read("xl/styles.xml"))
    fonts = root.find("{*}fonts")
    names = [_font_name(font) for font in fonts] if fonts is not None else []
    formats = root.find("{*}cellXfs")
    found: list[str | None] = []
    for style in formats if formats is not None else ():
        index = int(style.get("fontId", "0"))
        found.append(names[index] if index < len(names) else None)
    return found


def _font_name(font: etree._Element) -> str | None:
    name = font.find("{*}name")
    return name.get("val") if name is not None else None


def _string_runs(package: Package) -> list[Runs]:
    found: list[Runs] = []
    if "xl/sharedStrings.xml" in package:
        scan(package.read("xl/sharedStrings.xml"), lambda item: found.append(item.runs), root="si")
    return found


def counts_from_1904(package: Package) -> bool:
    """Whether the numbers of days in this workbook count from 1904, as on old Macintosh computers."""
    workbook = package.read(WORKBOOK)
    if b"date1904" not in workbook:
        return False
    properties = parse(workbook).find("{*}workbookPr")
    return properties is not None and properties.get("date1904", "0") in ("1", "true")


def cells_of_styles(xml: bytes, styles: frozenset[str]) -> list[tuple[int, int]]:
    """The cells with content that have one of some styles."""
    return _cells(xml, lambda cell: cell.style in styles)


def struck_cells(xml: bytes, styles: frozenset[str], strings: frozenset[str]) -> list[tuple[int, int]]:
    """The cells of struck-out styles, of shared strings with struck-out runs, or with runs of their own."""
    return _cells(
        xml, lambda cell: cell.style in styles or (cell.kind == "s" and cell.value in strings) or cell.struck
    )


def _cells(xml: bytes, chosen: Callable[[RawCell], bool]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []

    def visit(cell: RawCell) -> None:
        if chosen(cell):
            found.append((cell.row, cell.column))

    scan(xml, visit)
    return found


def pictures(package: Package, sheet: str) -> tuple[list[int], int]:
    """Zero-based rows at which the sheet's pictures are anchored, and how many of them are large."""
    rows = []
    large = 0
    for relation in relations(package, sheet):
        if relation.kind != "drawing":
            continue
        for anchor in parse(package.read(relation.target)):
            start = anchor.find("{*}from/{*}row")
            if start is not None and (start.text or "").isdecimal() and anchor.find(".//{*}pic") is not None:
                rows.append(int(start.text or 0))
                large += is_large_drawing(anchor)
    return sorted(rows), large
