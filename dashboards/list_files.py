"""A list as files: .xlsx and .csv whose cells are text and numbers, never formulas.

The workbook is written as the few parts a list needs: a hundred thousand rows take a second, and the same
list gives the same bytes.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from html import escape
from io import BytesIO, StringIO
from pathlib import Path

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from pipelines.text.numbers_vi import half_up

Value = str | int | float | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula when it opens a .csv."""
MODEL = Path(__file__).with_name("list_workbook")
"""The parts of a workbook that are the same for all lists."""
FIRST, OTHERS = 40, 18
"""Widths of columns, in letters."""
TEXT, HEAD, WHOLE, DECIMAL = range(4)
"""Styles, by their place in ``styles.xml``; the next is a share, which only lists saved by a browser have."""
DISTINCT = 1 << 16
"""Values remembered as they are written: names and shares come back in line after line."""
_SINCE_EVER = (1980, 1, 1, 0, 0, 0)


def workbook(title: str, header: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """The list as a workbook: header frozen and filtered, numbers as numbers.

    Args:
        title: of the sheet.
        header: the columns.
        rows: as wide as the header; a number with decimals is shown with one.
    """
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (*workbook_model(), ("xl/worksheets/sheet1.xml", "".join(_sheet(header, rows)))):
            said = content.replace("{title}", escape(title[:31]))
            package.writestr(zipfile.ZipInfo(name, _SINCE_EVER), said, zipfile.ZIP_DEFLATED)
    return data.getvalue()


@cache
def workbook_model() -> tuple[tuple[str, str], ...]:
    """Name and content of the parts that all lists share; ``{title}`` is the sheet's."""
    files = sorted(path for path in MODEL.rglob("*") if path.is_file())
    return tuple((path.relative_to(MODEL).as_posix(), path.read_text("utf-8").strip()) for path in files)


def _sheet(header: Sequence[str], rows: Sequence[Sequence[Value]]) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">'
        '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
        "</sheetView></sheetViews><cols>"
        f'<col min="1" max="1" width="{FIRST}" customWidth="1"/>'
        f'<col min="2" max="{max(2, len(header))}" width="{OTHERS}" customWidth="1"/></cols><sheetData>'
    )
    # cells follow one another: an address in each would be a third of the text, and most of what is packed
    yield f"<row>{''.join(_text(label, HEAD) for label in header)}</row>"
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"{len(row)} values under {len(header)} columns")
        yield f"<row>{''.join(map(_cell, row))}</row>"
    yield (
        f'</sheetData><autoFilter ref="A1:{get_column_letter(len(header))}{len(rows) + 1}"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


@lru_cache(maxsize=DISTINCT, typed=True)
def _cell(value: Value) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        return _text(value, TEXT)
    if isinstance(value, float):
        return f'<c s="{DECIMAL}"><v>{half_up(value, 1)}</v></c>'
    return f'<c s="{WHOLE}"><v>{value}</v></c>'


def _text(value: str, style: int) -> str:
    said = escape(ILLEGAL_CHARACTERS_RE.sub("", value), quote=False)
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def comma_separated(header: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """The list as UTF-8 with a mark Excel knows; decimal commas, values parted by semicolons."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows(map(_safe, row) for row in (header, *rows))
    return out.getvalue().encode("utf-8-sig")


@lru_cache(maxsize=DISTINCT, typed=True)
def _safe(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{half_up(value, 1):.1f}".replace(".", ",")
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text
