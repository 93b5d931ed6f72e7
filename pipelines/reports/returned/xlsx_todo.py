"""The sheet ``CẦN BỔ SUNG``: what has no cell to be marked; readers of the forms pass over it by its name."""

from __future__ import annotations

from pipelines.reports.returned.marks import Mark
from pipelines.reports.returned.xlsx_comments import address
from pipelines.reports.returned.xlsx_styles import Styles
from pipelines.reports.rows import cell_end
from pipelines.sentences import listed, text
from pipelines.sentences.words import raised

_WIDTHS = (6, 26, 44, 44, 13, 13, 30)
_COLUMNS = "".join(
    f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
    for number, width in enumerate(_WIDTHS, start=1)
)
_BEFORE = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
    f"<cols>{_COLUMNS}</cols><sheetData>"
)
_AFTER = (
    '</sheetData><mergeCells count="2"><mergeCell ref="A1:G1"/><mergeCell ref="A2:G2"/></mergeCells>'
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
)


def todo_sheet(marks: list[Mark], styles: Styles) -> bytes:
    """The sheet's part.

    Args:
        marks: findings without a cell; none makes a sheet that says so.
        styles: the workbook's styles.
    """
    title, plain = styles.text(bold=True, size=14), styles.text()
    head, boxed = styles.text(bold=True, box=True), styles.text(box=True)
    rows = [
        _row(0, [text("todo.title")], title, 24),
        _row(1, [text("todo.intro") if marks else text("todo.nothing")], plain, 36),
    ]
    if marks:
        rows.append(_row(3, listed("todo.columns"), head, 24))
    for number, mark in enumerate(marks, start=1):
        how = raised(mark.how)
        values = [str(number), mark.who, mark.what, how, mark.level, mark.until, mark.citation]
        lines = max(-(-len(value) // (width - 2)) for value, width in zip(values, _WIDTHS, strict=True))
        rows.append(_row(3 + number, values, styles.filled(boxed, mark.severity), 16 * max(lines, 1) + 4))
    return "".join((_BEFORE, *rows, _AFTER)).encode()


def _row(row: int, values: list[str], style: int, height: int) -> str:
    cells = "".join(
        f'<c r="{address(row, column)}" s="{style}"{cell_end(value)}' for column, value in enumerate(values)
    )
    return f'<row r="{row + 1}" ht="{height}" customHeight="1">{cells}</row>'
