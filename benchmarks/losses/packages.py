"""How programs lay out lists otherwise: ISO strict, ISO days, pivots, charts, CSV exports, PDF."""

from __future__ import annotations

import io
import re
from random import Random

from openpyxl.chart import BarChart, Reference
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.losses.mutator import DoesNotApply, on_bytes
from benchmarks.losses.workbooks import LISTS, changed, parts, rows_of_list

_STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


@on_bytes("right", ".xlsx")
def iso_strict(data: bytes, chance: Random) -> bytes:
    """The workbook is in the strict form of the standard."""

    def change(name: str, part: bytes) -> tuple[str, bytes]:
        for old, new in _STRICT.items():
            part = part.replace(old, new)
        return name, part

    return parts(data, change)


@on_bytes("right", ".xlsx", "KT-DS LS-DSDN")
def days_in_iso(data: bytes, chance: Random) -> bytes:
    """Days are stored as text of the standard, not as numbers."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    book.iso_dates = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@on_bytes("right", ".xlsx", LISTS)
def an_excel_table(data: bytes, chance: Random) -> bytes:
    """The list is a table of Excel, with names, a frozen pane and a print area."""

    def add(sheet: Worksheet) -> None:
        rows = rows_of_list(sheet)
        header = [cell.value for cell in sheet[rows[0] - 1]]
        width = next((n for n, value in enumerate(header) if not isinstance(value, str)), len(header))
        if width < 3 or len(set(header[:width])) < width:
            raise DoesNotApply
        last = sheet.cell(rows[-1], width).coordinate
        sheet.add_table(Table(displayName="DanhSach", ref=f"A{rows[0] - 1}:{last}"))
        sheet.freeze_panes = f"A{rows[0]}"
        sheet.print_title_rows = f"{rows[0] - 1}:{rows[0] - 1}"
        sheet.parent.defined_names["DS"] = DefinedName("DS", attr_text=f"'{sheet.title}'!$A$1:$C$9")

    return changed(data, add)


@on_bytes("right", ".xlsx", LISTS)
def a_sheet_with_a_chart(data: bytes, chance: Random) -> bytes:
    """A chart stands on a sheet of its own."""

    def add(sheet: Worksheet) -> None:
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=4))
        sheet.parent.create_chartsheet("Biểu đồ").add_chart(chart)

    return changed(data, add)


@on_bytes("either", ".xlsx", "KT-DS LS-DSDN")
def a_pivot_left_over(data: bytes, chance: Random) -> bytes:
    """A sheet counts the list by award, as pivot tables do."""

    def add(sheet: Worksheet) -> None:
        more = sheet.parent.create_sheet(chance.choice(["Sheet1", "Pivot", "Tổng hợp"]))
        for row in (
            ["Row Labels", "Count of STT"],
            ["Giấy khen", 2],
            ["Lao động tiên tiến", 4],
            ["Grand Total", 6],
        ):
            more.append(row)

    return changed(data, add)


@on_bytes("told", ".xlsx", LISTS)
def on_in_a_very_hidden_sheet(data: bytes, chance: Random) -> bytes:
    """The list goes on in a sheet that a macro hid."""

    def move(sheet: Worksheet) -> None:
        rows = rows_of_list(sheet)
        more = sheet.parent.create_sheet("Sheet2")
        more.append([cell.value for cell in sheet[rows[-1]]])
        more.sheet_state = "veryHidden"
        sheet.delete_rows(rows[-1])

    if b"<mergeCell " in data:
        raise DoesNotApply
    return changed(data, move)


@on_bytes("right", ".csv")
def another_delimiter(data: bytes, chance: Random) -> bytes:
    """Cells are parted by semicolons, tabs or bars."""
    import csv

    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    out = io.StringIO()
    csv.writer(out, delimiter=chance.choice(";\t|")).writerows(rows)
    return chance.choice([b"", b"\xef\xbb\xbf"]) + out.getvalue().encode()


@on_bytes("right", ".csv")
def every_cell_in_marks(data: bytes, chance: Random) -> bytes:
    """Every cell stands in quotation marks."""
    import csv

    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode()


@on_bytes("told", ".csv")
def letters_of_an_old_font(data: bytes, chance: Random) -> bytes:
    """Letters are stored as those of a font of the nineties."""
    table = {
        "ế": "Õ",
        "ệ": "Ö",
        "ạ": "¹",
        "ấ": "Ê",
        "ộ": "é",
        "ị": "Þ",
        "ứ": "ø",
        "đ": "®",
        "ơ": "¬",
        "ư": "­",
        "ê": "ª",
    }
    text = data.decode("utf-8-sig")
    for letter, stored in table.items():
        text = text.replace(letter, stored)
    return text.encode("cp1252", "replace")


@on_bytes("right", ".csv")
def lines_of_blanks(data: bytes, chance: Random) -> bytes:
    """Blank lines and lines of delimiters stand at the ends."""
    text = data.decode("utf-8-sig")
    return f"\n,,,\n{text}\n,,,,\n\n".encode()


@on_bytes("told", ".xlsx", LISTS)
def a_page_of_html(data: bytes, chance: Random) -> bytes:
    """A system exported a page of HTML."""
    return b"<html><body><table><tr><td>STT</td><td>T\xc3\xaan</td></tr></table></body></html>"


@on_bytes("told", ".xlsx", LISTS)
def printed_as_pdf(data: bytes, chance: Random) -> bytes:
    """The list was printed to a PDF file, its header on each page."""
    import openpyxl

    from pipelines.generate.shape import Text
    from pipelines.generate.writers.pdf import write

    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    lines = [
        " ".join(str(value) for value in row if value is not None)
        for row in sheet.iter_rows(values_only=True)
    ]
    lines = [re.sub(r"\s+", " ", line) for line in lines if line]
    return write([Text(line) for line in (*lines, lines[min(2, len(lines) - 1)], "Trang 2")])
