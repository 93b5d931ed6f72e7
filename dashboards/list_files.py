"""A list of a page as files: .xlsx and .csv whose cells are text and numbers, never formulas."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.reports.package import Package
from pipelines.reports.sheets import Looks, data_row, header_row, print_on_a4
from pipelines.text.numbers_vi import half_up

Value = str | int | float | None
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula when it opens a .csv."""


def workbook(title: str, header: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """The list as a workbook: header frozen and filtered, numbers as numbers.

    Args:
        title: of the sheet.
        header: the columns.
        rows: as wide as the header; a number with decimals is printed as it is read on the page.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    widths = [40, *[16] * (len(header) - 1)]
    header_row(sheet, list(header), widths)
    looks = Looks()
    for number, row in enumerate(rows, 2):
        values = [half_up(value, 1) if isinstance(value, float) else value for value in row]
        data_row(sheet, number, [None if isinstance(v, float) else v for v in values], widths, looks)
        for column, value in enumerate(values, 1):
            if isinstance(value, float):
                cell = sheet.cell(number, column)
                cell.value, cell.number_format = value, "0.0"
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    print_on_a4(sheet, landscape=True)
    data = BytesIO()
    book.save(data)
    return Package(data.getvalue()).filled({})  # the same list gives the same bytes


def comma_separated(header: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """The list as UTF-8 with a mark Excel knows; decimal commas, values parted by semicolons."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([_safe(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _safe(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{half_up(value, 1):.1f}".replace(".", ",")
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text
