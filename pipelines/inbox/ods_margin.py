"""What a sheet of an OpenDocument workbook has beside its cells, and which sheets others look up in."""

from __future__ import annotations

import re

from lxml import etree

from pipelines.inbox.document import Grid, Paragraph
from pipelines.inbox.odf_fonts import OdfFonts
from pipelines.inbox.safe_xml import local

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
MOST_COLUMNS = 100
_LOOK_UP = re.compile(r"LOOKUP|MATCH|INDEX|OFFSET|INDIRECT|CHOOSE", re.IGNORECASE)
_SHEET = re.compile(r"\[?\$?(?:'((?:[^']|'')+)'|(\w+))\.\$?[A-Z]")


def margin(table: etree._Element, fonts: OdfFonts) -> list[Paragraph]:
    """The print header of a sheet, then the lines of its text boxes and shapes."""
    found = [
        Paragraph(line, number, within="đầu trang in")
        for number, line in enumerate(fonts.print_header(table.get(f"{_TABLE}style-name")), start=1)
    ]
    boxes: list[list[str]] = []
    for shape in table.iter("{*}text-box", "{*}custom-shape"):
        lines = ["".join(map(str, p.itertext())).strip() for p in shape if local(p) in ("p", "h")]
        if lines := [line for line in lines if line]:
            boxes.append(lines)
    for count, lines in enumerate(boxes, start=1):
        found += [
            Paragraph(line, number, within=f"hộp chữ {count}") for number, line in enumerate(lines, start=1)
        ]
    return found


def hidden_columns(table: etree._Element) -> list[int]:
    """Zero-based columns that are hidden."""
    found: list[int] = []
    at = 0
    for column in table.iter(f"{_TABLE}table-column"):
        times = column.get(f"{_TABLE}number-columns-repeated", "1")
        count = int(times) if times.isdecimal() and len(times) < 6 else 1
        if column.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            found += range(at, at + min(count, MOST_COLUMNS))
        at += count
    return found


def tell_sources(root: etree._Element, grids: list[Grid]) -> None:
    """Mark the sheets from which drop-down lists or look-up formulas take their values."""
    by_name = {grid.name: grid for grid in grids}
    conditions = [item.get(f"{_TABLE}condition") or "" for item in root.iter(f"{_TABLE}content-validation")]
    formulas = {cell.get(f"{_TABLE}formula") or "" for cell in root.iter(f"{_TABLE}table-cell")}
    for formula in sorted({*conditions, *(text for text in formulas if _LOOK_UP.search(text))}):
        for quoted, plain in _SHEET.findall(formula):
            grid = by_name.get(quoted.replace("''", "'") or plain)
            if grid is not None and not grid.source_of:
                grid.source_of = next(other.name for other in grids if other is not grid)
