"""A table of the ministry as a Word file: A4 landscape, Times New Roman, header rows repeated."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table

from pipelines.reports.mau_02 import word
from pipelines.reports.mau_02.form import Merged, merged_header
from pipelines.reports.mau_02.word import CENTRE, LEFT, RIGHT
from pipelines.reports.statistics.content import Content, Row, words
from pipelines.text.numbers_vi import format_number

ROOM = 262
"""Millimetres between the margins."""
CODE, UNIT, NAME, SIZE, HEADER = 10, 18, 52, 10, 8
WIDEST, MARGIN = 26.0, 0.6
"""Of a column of numbers, and beside what stands in a cell, in millimetres."""


def write_docx(content: Content, path: Path) -> None:
    """Write the table.

    Args:
        content: what it says.
        path: the file; one that is there is replaced.
    """
    document = Document()
    _page(document)
    _heading(document, content)
    table = _header(document, content)
    for row in content.rows:
        _row(table, row)
    if content.outside:
        cells = word.add_row(table)
        merged = cells[0].merge(cells[-1])
        word.write(merged.paragraphs[0], words()["outside_title"], size=SIZE, bold=True, align=LEFT)
        for row in content.outside:
            _row(table, row)
    for note in content.notes:
        word.write(document.add_paragraph(), f"- {note}", size=SIZE, italic=True, align=LEFT)
    _signatures(document)
    document.save(str(path))


def _page(document: DocumentType) -> None:
    word.default_font(document, 12)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = Mm(15)
    section.left_margin, section.right_margin = Mm(20), Mm(15)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    word.page_number(paragraph)


def _heading(document: DocumentType, content: Content) -> None:
    say, form = words(), content.table
    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    word.set_widths(table, (150, ROOM - 150))
    left, right = table.rows[0].cells
    word.write(left.paragraphs[0], say["form_number"].format(number=form.number), size=12, bold=True)
    for line in (form.document_vi, f"{say['received']} {form.due_vi}"):
        word.write(left.add_paragraph(), line, size=11)
    word.write(right.paragraphs[0], say["reporting"].format(unit=content.unit), size=12, bold=True)
    word.write(right.add_paragraph(), say["receiving"], size=11)
    word.write(document.add_paragraph(), form.title, size=14, bold=True, align=CENTRE, before=6)
    year = say["year"].format(year=content.year, before=content.year - 1)
    word.write(document.add_paragraph(), year, size=12, italic=True, align=CENTRE)
    word.write(document.add_paragraph(), "", size=6)


def _header(document: DocumentType, content: Content) -> Table:
    said = words()["columns"]
    paths = [[said["name"]], [said["code"]], [said["unit"]], *(list(one.path) for one in content.columns)]
    height, cells = merged_header(paths)
    cells += [Merged(height, first, height, last, number) for first, last, number in content.numbers]
    width = min(WIDEST, (ROOM - CODE - UNIT - NAME) / len(content.columns))
    widths = (ROOM - CODE - UNIT - width * len(content.columns), CODE, UNIT, *[width] * len(content.columns))
    table = word.headed_table(document, height + 1, cells, widths, HEADER)
    _narrow(table)
    return table


def _narrow(table: Table) -> None:
    """Leave little room beside what stands in a cell: the form has many columns."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Mm(MARGIN).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _row(table: Table, row: Row) -> None:
    cells = word.add_row(table)
    word.write(cells[0].paragraphs[0], row.label, size=SIZE, bold=row.is_bold, align=LEFT)
    word.write(cells[1].paragraphs[0], row.code, size=SIZE, align=CENTRE)
    word.write(cells[2].paragraphs[0], row.unit, size=SIZE, align=CENTRE)
    for cell, value in zip(cells[3:], row.cells or ("",) * len(cells[3:]), strict=True):
        is_number = isinstance(value, int)
        said = format_number(value) if isinstance(value, int) else value
        word.write(
            cell.paragraphs[0], said, size=SIZE, bold=row.is_bold, align=RIGHT if is_number else CENTRE
        )


def _signatures(document: DocumentType) -> None:
    say = words()
    table = document.add_table(rows=3, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    word.set_widths(table, (ROOM / 2, ROOM / 2))
    word.write(
        table.cell(0, 1).paragraphs[0], say["place_date"], size=12, italic=True, align=CENTRE, before=6
    )
    for column, who in enumerate((say["maker"], say["head"])):
        word.write(table.cell(1, column).paragraphs[0], who, size=12, bold=True, align=CENTRE)
        word.write(table.cell(2, column).paragraphs[0], say["hint"], size=12, italic=True, align=CENTRE)
    for row in table.rows:
        word.keep_whole(row)
