"""The sheet ``CẦN BỔ SUNG``: what has no cell to be marked; readers of the forms pass over it by its name."""

from __future__ import annotations

from lxml import etree

from pipelines.reports.package import NOT_IN_CELLS
from pipelines.reports.returned.marks import Mark
from pipelines.reports.returned.xlsx_comments import address
from pipelines.reports.returned.xlsx_styles import Styles
from pipelines.sentences import listed, text
from pipelines.sentences.words import raised

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WIDTHS = (6, 26, 44, 44, 13, 13, 30)


def todo_sheet(marks: list[Mark], styles: Styles) -> etree._Element:
    """The root of the sheet's part.

    Args:
        marks: findings without a cell; none makes a sheet that says so.
        styles: the workbook's styles.
    """
    title, plain = styles.text(bold=True, size=14), styles.text()
    head, boxed = styles.text(bold=True, box=True), styles.text(box=True)
    root = etree.Element(f"{{{_MAIN}}}worksheet", nsmap={None: _MAIN})  # type: ignore[dict-item]
    setup = etree.SubElement(root, f"{{{_MAIN}}}sheetPr")
    etree.SubElement(setup, f"{{{_MAIN}}}pageSetUpPr", fitToPage="1")
    views = etree.SubElement(root, f"{{{_MAIN}}}sheetViews")
    etree.SubElement(views, f"{{{_MAIN}}}sheetView", tabSelected="1", workbookViewId="0")
    columns = etree.SubElement(root, f"{{{_MAIN}}}cols")
    for number, width in enumerate(_WIDTHS, start=1):
        etree.SubElement(
            columns, f"{{{_MAIN}}}col", min=str(number), max=str(number), width=str(width), customWidth="1"
        )
    data = etree.SubElement(root, f"{{{_MAIN}}}sheetData")
    _row(data, 0, [text("todo.title")], title, 24)
    _row(data, 1, [text("todo.intro") if marks else text("todo.nothing")], plain, 36)
    if marks:
        _row(data, 3, listed("todo.columns"), head, 24)
    for number, mark in enumerate(marks, start=1):
        how = raised(mark.how)
        values = [str(number), mark.who, mark.what, how, mark.level, mark.until, mark.citation]
        lines = max(-(-len(value) // (width - 2)) for value, width in zip(values, _WIDTHS, strict=True))
        _row(data, 3 + number, values, styles.filled(boxed, mark.severity), 16 * max(lines, 1) + 4)
    merged = etree.SubElement(root, f"{{{_MAIN}}}mergeCells", count="2")
    for ref in ("A1:G1", "A2:G2"):
        etree.SubElement(merged, f"{{{_MAIN}}}mergeCell", ref=ref)
    etree.SubElement(
        root, f"{{{_MAIN}}}pageSetup", paperSize="9", orientation="landscape", fitToWidth="1", fitToHeight="0"
    )
    return root


def _row(data: etree._Element, row: int, values: list[str], style: int, height: int) -> None:
    line = etree.SubElement(data, f"{{{_MAIN}}}row", r=str(row + 1), ht=str(height), customHeight="1")
    for column, value in enumerate(values):
        cell = etree.SubElement(line, f"{{{_MAIN}}}c", r=address(row, column), s=str(style), t="inlineStr")
        inline = etree.SubElement(cell, f"{{{_MAIN}}}is")
        words = etree.SubElement(inline, f"{{{_MAIN}}}t")
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        words.text = NOT_IN_CELLS.sub("", value)
