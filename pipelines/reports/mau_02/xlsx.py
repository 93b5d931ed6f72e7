"""Mẫu 02 as a workbook: A4 landscape, one page wide, the header repeated, every cell safe to open."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.reference.models.awards import Mau02
from pipelines.reports.mau_02.annex import Table, annex_tables
from pipelines.reports.mau_02.content import Content, words
from pipelines.reports.mau_02.form import (
    SUB_LINES,
    Merged,
    label_of,
    note_lines,
    official_cells,
    official_header,
    title_lines,
)

FACE = "Times New Roman"
WIDTHS = (6, 46, 11, 11, 11, 11, 11, 11, 11)
COUNT_FORMAT = '[>=1000000]0"."000"."000;[>=1000]0"."000;0'
"""1.234 whatever the language of the machine that prints it."""
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center", indent=1)


def write_xlsx(content: Content, form: Mau02, out: Path) -> None:
    """Write the official sheet and the annex.

    Args:
        content: what the print says.
        form: the form as the reference data describe it.
        out: the file to write.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Mẫu 02"
    _page(sheet, WIDTHS, pages=2)
    row = _letterhead(sheet, content)
    row = _table(sheet, row, content, form)
    row = _notes(sheet, row + 1, note_lines(form, content))
    _signature(sheet, row + 1)
    annex = book.create_sheet(words()["annex"]["sheet"])
    _annex(annex, content)
    book.save(out)


def _page(sheet: Worksheet, widths: tuple[float, ...], pages: int) -> None:
    """A4 landscape, one page wide, at most so many pages long (0: as many as it takes)."""
    for letter, width in zip("ABCDEFGHIJ", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = pages
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.top = margins.bottom = 20 / 25.4
    margins.left, margins.right, margins.header = 30 / 25.4, 15 / 25.4, 10 / 25.4
    sheet.HeaderFooter.differentFirst = True
    # page numbers from the second page on; the form's label on the first
    for header, text, style in (
        (sheet.oddHeader, "&P", "Regular"),
        (sheet.firstHeader, words()["form_label"], "Bold"),
    ):
        assert header is not None
        part = header.center if style == "Regular" else header.right
        part.text, part.font, part.size = text, f"{FACE},{style}", 13


def _put(
    sheet: Worksheet,
    place: tuple[int, int, int, int],
    value: str | int,
    *,
    size: int = 13,
    bold: bool = False,
    italic: bool = False,
    align: Alignment = MIDDLE,
    boxed: bool = False,
) -> None:
    """One value in a cell or a merged range (one-based rows and columns); text stays text."""
    top, left, bottom, right = place
    cell = sheet.cell(top, left)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    else:
        cell.number_format = COUNT_FORMAT
    cell.font = Font(name=FACE, size=size, bold=bold, italic=italic)
    cell.alignment = align
    if boxed:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                sheet.cell(row, column).border = BOX
    if (top, left) != (bottom, right):
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _letterhead(sheet: Worksheet, content: Content) -> int:
    """Agency and number left, Quốc hiệu and Tiêu ngữ right, then the title; gives the next free row."""
    say = words()
    _put(sheet, (1, 1, 1, 2), (content.superior or "").upper())
    _put(sheet, (1, 3, 1, 9), say["country"], bold=True)
    _put(sheet, (2, 1, 2, 2), content.unit.upper(), bold=True)
    _put(sheet, (2, 3, 2, 9), say["motto"], size=14, bold=True)
    for place, rule in (((3, 1, 3, 2), say["agency_rule"]), ((3, 3, 3, 9), say["motto_rule"])):
        _put(sheet, place, rule, size=8, align=Alignment(horizontal="center", vertical="top"))
    sheet.row_dimensions[3].height = 11
    _put(sheet, (4, 1, 4, 2), say["number_line"])
    _put(sheet, (4, 3, 4, 9), say["place_date"], italic=True)
    row = 6
    for line in title_lines(content):
        _put(sheet, (row, 1, row, 9), line, size=14, bold=True)
        row += 1
    _put(sheet, (row, 1, row, 9), say["reference"].format(unit=content.unit), italic=True)
    return row + 2


def _table(sheet: Worksheet, top: int, content: Content, form: Mau02) -> int:
    height, header = official_header(form)
    _header(sheet, top, header)
    sheet.print_title_rows = f"{top}:{top + height - 1}"
    row, before = top + height, None
    for line in content.lines:
        bold = line.row_type in ("group", "total")
        italic = line.row_type in SUB_LINES
        if line.row_type == "total":
            _put(sheet, (row, 1, row, 2), line.label, size=12, bold=True, boxed=True)
        else:
            _put(sheet, (row, 1, row, 1), line.number or "", size=12, bold=bold, boxed=True)
            name = label_of(line, before)
            _put(sheet, (row, 2, row, 2), name, size=12, bold=bold, italic=italic, align=LEFT, boxed=True)
        for column, value in enumerate(official_cells(line), 3):
            _put(sheet, (row, column, row, column), value, size=12, bold=bold, align=RIGHT, boxed=True)
        sheet.row_dimensions[row].height = 18
        row, before = row + 1, line
    return row


def _header(sheet: Worksheet, top: int, header: list[Merged]) -> None:
    for cell in header:
        place = (top + cell.top, cell.left + 1, top + cell.bottom, cell.right + 1)
        _put(sheet, place, cell.text, size=12, bold=True, boxed=True)


def _notes(sheet: Worksheet, row: int, lines: list[str], width: int = 9, letters: int = 120) -> int:
    for line in lines:
        _put(sheet, (row, 1, row, width), line, size=12, italic=True, align=LEFT)
        sheet.row_dimensions[row].height = 16 * (1 + len(line) // letters)
        row += 1
    return row


def _signature(sheet: Worksheet, row: int) -> None:
    say = words()
    _put(sheet, (row, 1, row, 2), say["receivers"], size=12, bold=True, italic=True, align=LEFT)
    _put(sheet, (row, 6, row, 9), say["signer"], bold=True)
    _put(sheet, (row + 1, 1, row + 1, 2), say["receiver_line"], size=11, align=LEFT)
    _put(sheet, (row + 1, 6, row + 1, 9), say["signer_hint"], italic=True)
    # room for signature and stamp
    for blank in range(row + 2, row + 6):
        sheet.row_dimensions[blank].height = 18
    sheet.print_area = f"A1:I{row + 6}"


def _annex(sheet: Worksheet, content: Content) -> None:
    annex = words()["annex"]
    _page(sheet, (6, 46, 12, 12, 12, 12, 12, 12, 26), pages=0)
    sheet.HeaderFooter.differentFirst = False
    _put(sheet, (1, 1, 1, 9), annex["title"], size=14, bold=True)
    said = {"unit": content.unit, "first": content.first_year, "last": content.last_year}
    _put(sheet, (2, 1, 2, 9), annex["subtitle"].format_map(said), italic=True)
    row = 4
    for table in annex_tables(content):
        row = _annex_table(sheet, row, table)
    _put(sheet, (row, 1, row, 9), annex["policies_title"], bold=True, align=LEFT)
    _notes(sheet, row + 1, [f"- {line}" for line in content.annex_notes], letters=130)


def _annex_table(sheet: Worksheet, row: int, table: Table) -> int:
    _put(sheet, (row, 1, row, 9), table.title, bold=True, align=LEFT)
    if not table.rows:
        return row + 2
    row += 1
    _header(sheet, row, table.header)
    row += table.height
    for values in table.rows:
        for column, value in enumerate(values, 1):
            align = MIDDLE if column == 1 else LEFT if column in table.text_columns else RIGHT
            _put(sheet, (row, column, row, column), value, size=12, align=align, boxed=True)
        row += 1
    return row + 1
