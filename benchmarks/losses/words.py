"""What people and Word do to .docx files."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from random import Random

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table

from benchmarks.losses.mutator import DoesNotApply, on_bytes

LISTS = "KT-DS LS-DSDN LS-M03 BHXH-M03 BHXH-DSDK HCM-DSDK"


def changed(data: bytes, change: Callable[[Document, Table], None]) -> bytes:
    """A Word file with its first table changed; it must have some rows."""
    paper = docx.Document(io.BytesIO(data))
    if not paper.tables or len(paper.tables[0].rows) < 5:
        raise DoesNotApply
    change(paper, paper.tables[0])
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def cut_table(table: Table, first: int, text: str = "") -> None:
    """Move the rows from a number on into a table of their own, below a paragraph."""
    element = table._tbl
    other = copy.deepcopy(element)
    for number, row in enumerate(element.findall(qn("w:tr"))):
        if number >= first:
            element.remove(row)
    for number, row in enumerate(other.findall(qn("w:tr"))):
        if number < first:
            other.remove(row)
    between = OxmlElement("w:p")
    if text:
        run, shown = OxmlElement("w:r"), OxmlElement("w:t")
        shown.text = text
        run.append(shown)
        between.append(run)
    element.addnext(between)
    between.addnext(other)


@on_bytes("either", ".docx", LISTS + " LS-M02")
def a_table_cut_in_two(data: bytes, chance: Random) -> bytes:
    """The list goes on in a second table without header."""
    text = chance.choice(["", "(tiếp theo)", "Trang 2"])
    return changed(data, lambda paper, table: cut_table(table, len(table.rows) - 2, text))


@on_bytes("either", ".docx", LISTS)
def the_header_in_a_table_of_its_own(data: bytes, chance: Random) -> bytes:
    """The header stands in one table, the rows in the next."""
    return changed(data, lambda paper, table: cut_table(table, 1))


@on_bytes("either", ".docx", LISTS)
def a_table_for_each_row(data: bytes, chance: Random) -> bytes:
    """Page breaks left the last rows in tables of one row."""

    def cut(paper: Document, table: Table) -> None:
        cut_table(table, len(table.rows) - 1)
        cut_table(table, len(table.rows) - 1)

    return changed(data, cut)


@on_bytes("told", ".docx", LISTS)
def on_as_paragraphs(data: bytes, chance: Random) -> bytes:
    """The list goes on as numbered paragraphs below the table."""

    def add(paper: Document, table: Table) -> None:
        number = len(table.rows)
        for name in ("Lý Văn Thử", "Nông Thị Mẫu"):
            paragraph = OxmlElement("w:p")
            run, shown = OxmlElement("w:r"), OxmlElement("w:t")
            shown.text = f"{number}. Ông {name}, Chuyên viên, Phòng Ví dụ: Lao động tiên tiến năm 2019"
            run.append(shown)
            paragraph.append(run)
            table._tbl.addnext(paragraph)
            number += 1

    return changed(data, add)


@on_bytes("told", ".docx", LISTS)
def a_struck_row(data: bytes, chance: Random) -> bytes:
    """A row is struck out."""

    def strike(paper: Document, table: Table) -> None:
        for cell in next(row for row in reversed(table.rows) if row.cells[1].text.strip()).cells:
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.strike = True

    return changed(data, strike)


@on_bytes("told", ".docx", LISTS)
def a_deleted_row(data: bytes, chance: Random) -> bytes:
    """A row is deleted, and the change is tracked."""

    def delete(paper: Document, table: Table) -> None:
        row = next(row for row in reversed(table.rows) if row.cells[1].text.strip())._tr
        row.get_or_add_trPr().append(OxmlElement("w:del"))

    return changed(data, delete)


@on_bytes("right", ".docx", LISTS)
def cells_of_two_paragraphs(data: bytes, chance: Random) -> bytes:
    """Empty paragraphs end the cells."""

    def add(paper: Document, table: Table) -> None:
        for cell in table.rows[-1].cells:
            cell.add_paragraph("")

    return changed(data, add)


@on_bytes("right", ".docx", "LS-DSDN BHXH-M03 HCM-DSDK BHXH-DSDK")
def the_title_in_the_page_header(data: bytes, chance: Random) -> bytes:
    """The title stands in the header of the pages."""

    def move(paper: Document, table: Table) -> None:
        first = next(each for each in paper.paragraphs if each.text.startswith("DANH SÁCH"))
        paper.sections[0].header.paragraphs[0].text = first.text
        for run in first.runs:
            run.text = ""

    return changed(data, move)


@on_bytes("right", ".docx", "LS-DSDN BHXH-M03 HCM-DSDK BHXH-DSDK")
def the_title_in_a_text_box(data: bytes, chance: Random) -> bytes:
    """The title stands in a text box."""

    def move(paper: Document, table: Table) -> None:
        first = next(each for each in paper.paragraphs if each.text.startswith("DANH SÁCH"))
        text = first.text
        for run in first.runs:
            run.text = ""
        from lxml import etree

        word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        box = (
            f'<w:r xmlns:w="{word}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox>'
            f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
            "</v:textbox></v:shape></w:pict></w:r>"
        )
        first._p.append(etree.fromstring(box))

    return changed(data, move)


@on_bytes("right", ".docx", LISTS)
def a_table_within_a_frame(data: bytes, chance: Random) -> bytes:
    """A table of one cell frames the whole list."""

    def frame(paper: Document, table: Table) -> None:
        outer = paper.add_table(1, 1)
        table._tbl.addnext(outer._tbl)
        outer.cell(0, 0)._tc.insert(1, table._tbl)

    return changed(data, frame)
