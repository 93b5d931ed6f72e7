""".xlsx and .xlsm workbooks: calamine reads, the XML is asked only for what calamine does not tell."""

from __future__ import annotations

import re

from pipelines.inbox import limits, xlsx_details, xlsx_margin
from pipelines.inbox.calamine_grids import grids_of
from pipelines.inbox.document import Document, Unreadable
from pipelines.inbox.embedded import embedded_in, tell_embedded
from pipelines.inbox.grids import check_size
from pipelines.inbox.package import Package
from pipelines.inbox.safe_xml import refuse_entities
from pipelines.inbox.xlsx_cells import RawCell, scan
from pipelines.inbox.xlsx_plain import NEAR, is_plain

# A cell not written plainly, or with content far out. "Plainly" is strict: of two addresses in one cell
# calamine may take the other one. Possessive, as every cell of a sheet is held against it.
_REST = rb'(?: s="[0-9]{1,5}+")?+(?: t="[A-Za-z]{1,9}+")?+/?+>'
_EMPTY_CELL = rb'[A-Z]{1,3}+[0-9]{1,7}+"(?: s="[0-9]{1,5}+")?+/>'
_ODD_CELLS = tuple(
    re.compile(rb'<c(?! r="(?:' + near + rb'"' + _REST + rb"|" + _EMPTY_CELL + rb"))(?=[\s/>])")
    for near in NEAR
)
_COLONS = 50_000
_FORMULA = re.compile(rb"<f[\s/>]")  # a regular expression searches faster here than ``in``
_ERROR = re.compile(rb't="e"')


def read_xlsx(data: bytes, package: Package) -> Document:
    """Read a workbook.

    Args:
        data: the file's bytes.
        package: the same file, opened.

    Raises:
        Unreadable: RD-HONG, RD-MAT-KHAU, RD-BOM-NEN, RD-XML-THUC-THE, RD-QUA-LON.
    """
    sheets = xlsx_details.sheet_parts(package)
    parts = {name: package.read(name) for name in set(sheets.values())}
    plain = {name for name, xml in parts.items() if _guard(xml)}
    styles, strings = xlsx_details.shared_parts(package)
    runs = [xml for name, xml in parts.items() if name not in plain]
    fonts = xlsx_details.names_legacy_font(styles, strings, runs)
    grids = grids_of(data, set(sheets))
    noted = any("comments" in name.casefold() for name in package.names)
    drawn = any("drawing" in name.casefold() for name in package.names)
    struck = xlsx_margin.struck_styles(styles), xlsx_margin.struck_strings(strings)
    unseen = xlsx_margin.unseen_styles(styles)
    since_1904 = xlsx_details.counts_from_1904(package)
    if len(grids) > 1:
        xlsx_margin.tell_sources(package, grids, {name: parts[part] for name, part in sheets.items()})
    for grid in grids:
        name = sheets[grid.name]
        xml = parts[name]
        if fonts or (name not in plain and _has_more(xml)):
            xlsx_details.look_again(package, xml, grid, fonts)
        if drawn:
            grid.pictures, grid.large_pictures = xlsx_details.pictures(package, name)
        grid.margin = xlsx_margin.margin(package, name, xml, drawn=drawn)
        grid.hidden_rows = [] if name in plain else xlsx_margin.hidden_rows(xml)
        grid.hidden_columns = xlsx_margin.hidden_columns(xml)
        if noted:
            grid.comments = xlsx_margin.comments(package, name)
        grid.since_1904 = since_1904
        if any(struck) or (name not in plain and b"strike" in xml):
            grid.struck = xlsx_details.struck_cells(xml, *struck)
        if unseen:
            grid.unseen = xlsx_details.cells_of_styles(xml, unseen)
    embedded = [part for part in set(sheets.values()) for part in embedded_in(package, part)]
    return Document("workbook", [*grids], told=tell_embedded(embedded))


def _has_more(xml: bytes) -> bool:
    """Whether a sheet may hold formulas or error values, or cells that a search does not find."""
    return bool(_FORMULA.search(xml) or _ERROR.search(xml)) or b"<sheetData" not in xml


def _guard(xml: bytes) -> bool:
    """Refuse a sheet before calamine lays out its filled area in memory; says whether it is plain.

    Almost every sheet is seen to stay near the corner by a search of its bytes; the others are
    measured cell by cell.
    """
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in xml[:8]:
        raise Unreadable("RD-HONG")  # calamine reads no UTF-16 parts and would show an empty sheet
    refuse_entities(xml)
    if len(xml) > limits.MERGES * 10 and xml.count(b"mergeCell") > limits.MERGES:
        raise Unreadable("RD-QUA-LON")
    if is_plain(xml):
        return True
    if _is_near(xml):
        return False
    last_row = last_column = -1

    def visit(cell: RawCell) -> None:
        nonlocal last_row, last_column
        last_row, last_column = max(last_row, cell.row), max(last_column, cell.column)

    scan(xml, visit)
    check_size(last_row + 1, last_column + 1)
    return False


def _is_near(xml: bytes) -> bool:
    """Whether every address is written plainly and none is far out; False when that is not sure."""
    if xml.count(b":") > _COLONS or any(part.startswith(b"c") for part in xml.split(b":")):
        return False  # perhaps elements with a prefix, as <x:c>
    return any(not odd.search(xml) for odd in _ODD_CELLS)
