"""A sheet that is called plain has nothing of what the careful search would find."""

import pytest

from benchmarks.silent_losses import draw
from pipelines.inbox import xlsx
from pipelines.inbox.document import Unreadable
from pipelines.inbox.package import Package
from pipelines.inbox.xlsx_cells import RawCell, scan
from pipelines.inbox.xlsx_details import names_legacy_font
from pipelines.inbox.xlsx_margin import hidden_rows
from pipelines.inbox.xlsx_plain import is_plain

HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
CELL = b'<c r="A1" s="3" t="s"><v>4</v></c>'
ROW = b'<row r="1" spans="1:2" ht="15.5">%b</row>'


def sheet(rows: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    return HEAD + before + b"<sheetData>" + rows + b"</sheetData>" + after + b"</worksheet>"


PLAIN = {
    "shared text": ROW % CELL,
    "number": ROW % b'<c r="A1"><v>1.5</v></c>',
    "text in the cell": ROW % b'<c r="ZZ9999" t="inlineStr"><is><t xml:space="preserve"> a</t></is></c>',
    "empty": ROW % b'<c r="A1" s="3"/>' + b'<row r="2"/>',
}
OTHERS = {
    "formula": sheet(ROW % b'<c r="A1"><f>1+1</f><v>2</v></c>'),
    "error": sheet(ROW % b'<c r="A1" t="e"><v>#REF!</v></c>'),
    "hidden": sheet(b'<row r="1" hidden="1">%b</row>' % CELL),
    "no height": sheet(b'<row r="1" ht="0">%b</row>' % CELL),
    "far out": sheet(ROW % b'<c r="ZZZ1"><v>1</v></c>'),
    "far below": sheet(ROW % b'<c r="AB10000"><v>1</v></c>'),
    "font": sheet(
        ROW % b'<c r="A1" t="inlineStr"><is><r><rPr><rFont val=".VnTime"/></rPr><t>a</t></r></is></c>'
    ),
    "two addresses": sheet(ROW % b'<c r="A1" r="ZZZ1"><v>1</v></c>'),
    "true cells below a comment": sheet(ROW % CELL, before=b"<!--<sheetData></sheetData>-->"),
    "cells after the cells": sheet(ROW % CELL, after=b"<sheetData></sheetData>"),
    "none": HEAD + b"</worksheet>",
}


@pytest.mark.parametrize("what", sorted(PLAIN))
def test_values_alone_are_plain(what: str) -> None:
    assert is_plain(sheet(PLAIN[what]))


@pytest.mark.parametrize("what", sorted(OTHERS))
def test_anything_else_is_searched(what: str) -> None:
    assert not is_plain(OTHERS[what])


def test_no_plain_sheet_holds_what_the_search_finds() -> None:
    plain = 0
    for case in draw(67, 150):
        if case.suffix != ".xlsx" or case.sent.data[:2] != b"PK":
            continue
        try:
            package = Package(case.sent.data)
        except Unreadable:  # cut off on its way
            continue
        for name in package.names:
            xml = package.read(name) if name.startswith("xl/worksheets/sheet") else b""
            if not is_plain(xml):
                continue
            plain += 1
            cells: list[RawCell] = []
            scan(xml, cells.append)
            assert not any(cell.formula or cell.kind == "e" for cell in cells), case.name
            assert not any(font for cell in cells for font, _ in cell.runs), case.name
            assert not names_legacy_font(b"", b"", [xml]), case.name
            assert not hidden_rows(xml), case.name
            assert xlsx._is_near(xml), case.name
    assert plain > 20
