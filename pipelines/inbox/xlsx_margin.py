"""What a sheet of a workbook has beside its values: text boxes, print header, hidden rows, uses by others."""

from __future__ import annotations

import html
import re

from lxml import etree

from pipelines.inbox.document import Comment, Grid, Paragraph
from pipelines.inbox.opc import relations
from pipelines.inbox.package import Package
from pipelines.inbox.safe_xml import local, parse
from pipelines.inbox.xlsx_details import WORKBOOK

_HEADER = re.compile(rb"<(?:\w+:)?(?:odd|even|first)Header>([^<]*)<")
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f+\-]{5,6}|[0-9]{1,3}|[PNDTFAZGBIUSEXYOH&])')
_SIDES = re.compile(r"&[LCR]")
_ROWS = re.compile(rb"<(?:\w+:)?row(?=[\s/>])([^>]*)>")
_HIDDEN = re.compile(rb'\b(?:hidden="(?:1|true)"|ht="0(?:\.[0-9]+)?")')
_COLUMNS = re.compile(rb"<(?:\w+:)?col ([^>]*)>")
_NARROW = re.compile(rb'\b(?:hidden="(?:1|true)"|width="0(?:\.0+)?")')
_FIRST, _LAST = re.compile(rb'\bmin="([0-9]{1,5})"'), re.compile(rb'\bmax="([0-9]{1,5})"')
MOST_COLUMNS = 100
_NUMBER = re.compile(rb'\br="([0-9]{1,7})"')
_FORMULAS = re.compile(rb"<(?:\w+:)?(formula1|f)(?: [^>]*)?>([^<]*)<")
_LOOK_UP = re.compile(r"LOOKUP|MATCH|INDEX|OFFSET|INDIRECT|CHOOSE", re.IGNORECASE)
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([\w.]+))!")
MOST_LINES = 200
_PALETTE = re.compile(rb"<indexedColors>.*?</indexedColors>", re.DOTALL)
_UNSEEN = (b"FFFFFF", b"ffffff", b'theme="0"', b";;;")


def print_header(xml: bytes) -> list[str]:
    """The lines of the print header, without the codes of fonts and page numbers."""
    xml = xml[xml.rfind(b"sheetData") :]  # it stands below the cells
    if b"Header>" not in xml:
        return []
    lines: dict[str, None] = {}
    for found in _HEADER.findall(xml):
        text = html.unescape(found.decode("utf-8", "replace"))
        for side in _SIDES.split(text):
            for line in _CODES.sub("", side).splitlines():
                if line.strip():
                    lines[line.strip()] = None
    return list(lines)


def text_boxes(package: Package, sheet: str) -> list[list[str]]:
    """The lines of each text box drawn on a sheet, from the top of the sheet down."""
    boxes: list[tuple[int, list[str]]] = []
    for relation in relations(package, sheet):
        if relation.kind != "drawing":
            continue
        for anchor in parse(package.read(relation.target)):
            start = anchor.findtext("{*}from/{*}row", "0")
            for body in anchor.iter("{*}txBody"):
                lines = ["".join(map(str, p.itertext("{*}t"))).strip() for p in body.iter("{*}p")]
                if lines := [line for line in lines if line][:MOST_LINES]:
                    boxes.append((int(start) if start.isdecimal() else 0, lines))
    boxes.sort(key=lambda box: box[0])
    return list({tuple(lines): lines for _, lines in boxes}.values())


def margin(package: Package, sheet: str, xml: bytes, *, drawn: bool) -> list[Paragraph]:
    """What stands outside the cells of a sheet: the print header, then the text boxes."""
    found = [
        Paragraph(line, number, within="đầu trang in") for number, line in enumerate(print_header(xml), 1)
    ]
    for count, lines in enumerate(text_boxes(package, sheet) if drawn else [], start=1):
        found += [
            Paragraph(line, number, within=f"hộp chữ {count}") for number, line in enumerate(lines, start=1)
        ]
    return found


def hidden_rows(xml: bytes) -> list[int]:
    """Zero-based rows that are hidden, filtered out or made no higher than nothing.

    A row without its number stands below the one before it.
    """
    if b' hidden="' not in xml and b' ht="0' not in xml:
        return []
    rows, row = [], -1
    for attributes in _ROWS.findall(xml):
        number = _NUMBER.search(attributes)
        row = int(number[1]) - 1 if number else row + 1
        if _HIDDEN.search(attributes):
            rows.append(row)
    return rows


def hidden_columns(xml: bytes) -> list[int]:
    """Zero-based columns that are hidden or made no wider than nothing."""
    head = xml[: max(xml.find(b"sheetData"), 0)]
    found: list[int] = []
    for attributes in _COLUMNS.findall(head):
        bounds = _FIRST.search(attributes), _LAST.search(attributes)
        if _NARROW.search(attributes) and bounds[0] and bounds[1]:
            first, last = int(bounds[0][1]), int(bounds[1][1])
            found += range(first - 1, min(last, first + MOST_COLUMNS))
    return found


def comments(package: Package, sheet: str) -> list[Comment]:
    """Each comment on a cell; of threads only what old programs show of them."""
    found: list[Comment] = []
    for relation in relations(package, sheet):
        if relation.kind == "comments":
            root = parse(package.read(relation.target))
            authors = ["".join(map(str, one.itertext())) for one in root.iter("{*}author")]
            for item in root.iter("{*}comment"):
                number = item.get("authorId", "")
                author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
                words = "".join(map(str, item.itertext("{*}t"))).strip()
                found.append(Comment(item.get("ref", ""), words, author))
    return found


def tell_sources(package: Package, grids: list[Grid], sheets: dict[str, bytes]) -> None:
    """Mark the sheets from which drop-down lists or look-up formulas of another sheet take their values.

    Args:
        package: the workbook.
        grids: its sheets; changed in place.
        sheets: name of a sheet -> its XML.
    """
    by_name = {grid.name: grid for grid in grids}
    named: dict[str, str] = {}
    for item in parse(package.read(WORKBOOK)).iter("{*}definedName"):
        named[(item.get("name") or "").casefold()] = item.text or ""
    for name, xml in sheets.items():
        for kind, stored in set(_FORMULAS.findall(xml)):
            formula = html.unescape(stored.decode("utf-8", "replace"))
            if kind == b"f" and not (_LOOK_UP.search(formula) or _is_plain_range(formula)):
                continue
            formula = named.get(formula.strip().casefold(), formula)
            for quoted, plain in _SHEET.findall(formula):
                grid = by_name.get(quoted.replace("''", "'") or plain)
                if grid is not None and grid.name != name and not grid.source_of:
                    grid.source_of = name


def _is_plain_range(formula: str) -> bool:
    """Whether a formula is only a range, as the sources of drop-down lists are stored in ``xm:f``."""
    return re.fullmatch(r"(?:'[^']+'|[\w.]+)!\$?[A-Z]+\$?[0-9]+:\$?[A-Z]+\$?[0-9]+", formula) is not None


def _is_on(element: object) -> bool:
    return element is not None and getattr(element, "get")("val", "1") not in ("0", "false")  # noqa: B009


def struck_styles(styles: bytes) -> frozenset[str]:
    """The cell styles whose font is struck out, as cells name them; ``styles``: the part with the styles."""
    if b"strike" not in styles:
        return frozenset()
    root = parse(styles)
    fonts = [_is_on(font.find("{*}strike")) for font in root.iterfind("{*}fonts/{*}font")]
    found = set()
    for number, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        index = int(style.get("fontId", "0"))
        if index < len(fonts) and fonts[index]:
            found.add(str(number))
    return frozenset(found)


def unseen_styles(styles: bytes) -> frozenset[str]:
    """The cell styles whose text is not shown: white letters on no colour, a number format of nothing."""
    palette = _PALETTE.search(styles)  # the colours there are to choose from
    used = styles.replace(palette[0], b"") if palette else styles
    if not any(mark in used for mark in _UNSEEN):
        return frozenset()
    root = parse(styles)
    white = [_is_white(font.find("{*}color")) for font in root.iterfind("{*}fonts/{*}font")]
    plain = [
        _is_white(fill.find("{*}patternFill/{*}fgColor"), True) for fill in root.iterfind("{*}fills/{*}fill")
    ]
    nothing = {
        item.get("numFmtId")
        for item in root.iterfind("{*}numFmts/{*}numFmt")
        if not (item.get("formatCode") or ";").replace(";", "").strip()
    }
    found = set()
    for number, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        font, fill = (int(style.get(name, "0")) for name in ("fontId", "fillId"))
        on_white = fill >= len(plain) or plain[fill]
        if style.get("numFmtId") in nothing or (font < len(white) and white[font] and on_white):
            found.add(str(number))
    return frozenset(found)


def _is_white(colour: etree._Element | None, default: bool = False) -> bool:
    if colour is None:
        return default
    return (colour.get("rgb") or "").upper()[-6:] == "FFFFFF" or (
        colour.get("theme") == "0" and not colour.get("tint")
    )


def struck_strings(strings: bytes) -> frozenset[str]:
    """The shared strings that hold struck-out text, as cells name them; ``strings``: the part with them."""
    if b"strike" not in strings:
        return frozenset()
    found = set()
    items = (item for item in parse(strings) if local(item) == "si")
    for number, item in enumerate(items):
        for run in item.iterfind("{*}r"):
            if _is_on(run.find("{*}rPr/{*}strike")) and run.findtext("{*}t", "").strip():
                found.add(str(number))
    return frozenset(found)
