"""The book of rules as a workbook or a Word file, and what officers filled in read back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Row
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.reports.rows import Rows, packed
from pipelines.reports.sheets import Looks, Value, header_row, print_on_a4, put, sheet_title
from pipelines.rules.book import Chapter, Entry
from pipelines.rules.confirmations import Refused, Row
from pipelines.sentences import listed, text
from pipelines.text.dates_vi import format_date
from pipelines.text.keys import clean

_WIDTHS = [18, 12, 48, 22, 26, 11, 28, 28, 28, 10, 16, 12, 22]
_WORD_WIDTHS = (26, 14, 56, 24, 30, 13, 24, 24, 24, 12, 16, 16, 14)
_A3 = 8


def write_xlsx(chapters: list[Chapter], out: Path) -> None:
    """A sheet per chapter; the first one says how to fill the book.

    Args:
        chapters: of the book.
        out: the file to write.
    """
    workbook = Workbook()
    first = workbook.active
    assert first is not None
    looks, written = Looks(workbook), {}
    _front(first, chapters, looks)
    for chapter in chapters:
        sheet = workbook.create_sheet(sheet_title(chapter.title, workbook.sheetnames))
        header_row(sheet, listed("book.columns"), _WIDTHS)
        rows = Rows(_WIDTHS, looks)
        for entry in chapter.entries:
            rows.add(_values(entry))
        written[sheet.title] = rows
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = rows.area
        print_on_a4(sheet, landscape=True)
        sheet.page_setup.paperSize = _A3
    out.write_bytes(packed(workbook, written))


def _front(sheet: Worksheet, chapters: list[Chapter], looks: Looks) -> None:
    sheet.title = text("book.title")
    sheet.column_dimensions["A"].width = 75
    lines = [text("book.title"), text("book.intro"), ""]
    lines += [f"{chapter.title}: {count(chapter)}" for chapter in chapters]
    for number, line in enumerate(lines, 1):
        put(sheet.cell(number, 1), line)
        looks.put_on(sheet.cell(number, 1), line)
        sheet.row_dimensions[number].height = 16 * (1 + len(line) // 65) + 4
    print_on_a4(sheet, landscape=False)


def count(chapter: Chapter) -> str:
    """«n/m quy tắc đã được xác nhận» of a chapter."""
    return text("book.count", confirmed=chapter.confirmed, total=len(chapter.entries))


def _values(entry: Entry) -> list[Value]:
    mark = text("book.confirmed_mark") if entry.confirmed else ""
    said = [entry.id, entry.kind, entry.condition, entry.clause, entry.quote, entry.severity, entry.asked]
    return [*said, entry.passes, entry.fails, mark, entry.by, entry.on, entry.remark]


def write_docx(chapters: list[Chapter], out: Path) -> None:
    """One table per chapter on A3 landscape, the header row repeated.

    Args:
        chapters: of the book.
        out: the file to write.
    """
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(420), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(9)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    document.add_heading(text("book.title"), 0)
    document.add_paragraph(text("book.intro"))
    for chapter in chapters:
        document.add_heading(chapter.title, 1)
        document.add_paragraph(count(chapter))
        labels = listed("book.columns")
        table = document.add_table(rows=1, cols=len(labels), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, _WORD_WIDTHS, strict=True):
            column.width = Mm(width * 390 / sum(_WORD_WIDTHS))
        _fill(table.rows[0], labels, bold=True)
        repeat = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(repeat)
        for entry in chapter.entries:
            _fill(table.add_row(), [_shown(value) for value in _values(entry)])
    document.save(str(out))


def _shown(value: Value) -> str:
    return format_date(value) if isinstance(value, date) else str(value or "")


def _fill(row: _Row, values: list[str], *, bold: bool = False) -> None:
    for cell, value, width in zip(row.cells, values, _WORD_WIDTHS, strict=True):
        cell.width = Mm(width * 390 / sum(_WORD_WIDTHS))
        run = cell.paragraphs[0].add_run(value)
        run.bold = bold
        run.font.size = Pt(8)


WRITERS = {".xlsx": write_xlsx, ".docx": write_docx}


def read_book(path: Path) -> list[Row]:
    """The rows of a filled book, by column label.

    Args:
        path: .xlsx or .docx.

    Raises:
        Refused: no table of the book is in the file.
    """
    rows = list(_rows_of_docx(path) if path.suffix.lower() == ".docx" else _rows_of_xlsx(path))
    if not rows:
        raise Refused(text("book.no_table", file=path.name))
    return rows


def _rows_of_xlsx(path: Path) -> Iterator[Row]:
    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
    except Exception as problem:  # whatever a broken file makes of the reader
        raise Refused(text("book.no_table", file=path.name)) from problem
    for sheet in workbook.worksheets:
        yield from _by_label(
            [[_written(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        )


def _rows_of_docx(path: Path) -> Iterator[Row]:
    try:
        document = Document(str(path))
    except Exception as problem:  # as above
        raise Refused(text("book.no_table", file=path.name)) from problem
    for table in document.tables:
        yield from _by_label([[cell.text for cell in row.cells] for row in table.rows])


def _by_label(rows: list[list[str]]) -> Iterator[Row]:
    labels = listed("book.columns")
    needed = {labels[0], *labels[9:12]}
    for number, row in enumerate(rows):
        names = [clean(name) for name in row]
        if needed <= set(names):
            yield from (dict(zip(names, values, strict=False)) for values in rows[number + 1 :])
            return


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)
