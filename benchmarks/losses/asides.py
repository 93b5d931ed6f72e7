"""What stands beside the list: footnotes, tracked words, lines below it, tables in boxes."""

from __future__ import annotations

import copy
import io
from random import Random

from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from lxml import etree

from benchmarks.losses.mutator import DoesNotApply, on_bytes
from benchmarks.losses.papers import last_row
from benchmarks.losses.words import LISTS, changed

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_NOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


@on_bytes("told", ".docx", LISTS)
def a_footnote_that_withdraws(data: bytes, chance: Random) -> bytes:
    """A footnote says that someone is withdrawn."""
    text = chance.choice(["Đã rút khỏi danh sách", "Trường hợp này xin rút", "Không xét trường hợp này"])

    def note(paper: Document, table: Table) -> None:
        xml = (
            f'<w:footnotes xmlns:w="{_WORD}"><w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
            "</w:footnote></w:footnotes>"
        )
        main = paper.part
        part = Part(PackURI("/word/footnotes.xml"), _NOTES_TYPE, xml.encode(), main.package)
        main.relate_to(part, _NOTES)

    return changed(data, note)


@on_bytes("told", ".docx", LISTS)
def collectives_as_lines(data: bytes, chance: Random) -> bytes:
    """Collectives were added below the table, a line each, without numbers."""
    mark = chance.choice(["\t", ": ", " - ", "; "])

    def add(paper: Document, table: Table) -> None:
        for name in ("Phòng Tổng hợp", "Trường Tiểu học Ví Dụ"):
            paragraph = paper.add_paragraph(f"{name}{mark}Tập thể lao động tiên tiến")
            table._tbl.addnext(paragraph._p)

    return changed(data, add)


@on_bytes("told", ".docx", LISTS)
def a_name_changed_under_tracking(data: bytes, chance: Random) -> bytes:
    """A name was replaced, and the change is tracked."""

    def replace(paper: Document, table: Table) -> None:
        cell = table.rows[last_row(table)].cells[1]
        run = next((run for run in cell.paragraphs[0].runs if run.text.strip()), None)
        if run is None:
            raise DoesNotApply
        gone = OxmlElement("w:del")
        run._r.addprevious(gone)
        old = copy.deepcopy(run._r)
        for text in old.findall(qn("w:t")):
            text.tag = qn("w:delText")
            text.text = "Lý Văn Thử"
        gone.append(old)

    return changed(data, replace)


@on_bytes("right", ".docx", LISTS)
def a_row_inserted_under_tracking(data: bytes, chance: Random) -> bytes:
    """A whole row is a tracked insertion."""

    def insert(paper: Document, table: Table) -> None:
        table.rows[last_row(table)]._tr.get_or_add_trPr().append(OxmlElement("w:ins"))

    return changed(data, insert)


@on_bytes("either", ".docx", LISTS)
def the_table_in_a_text_box(data: bytes, chance: Random) -> bytes:
    """The table stands in a text box."""

    def move(paper: Document, table: Table) -> None:
        box = etree.fromstring(
            f'<w:p xmlns:w="{_WORD}" xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:shape>'
            "<v:textbox><w:txbxContent/></v:textbox></v:shape></w:pict></w:r></w:p>"
        )
        table._tbl.addprevious(box)
        next(box.iter(qn("w:txbxContent"))).append(table._tbl)

    return changed(data, move)


@on_bytes("told", ".docx", LISTS)
def the_rest_in_the_page_header(data: bytes, chance: Random) -> bytes:
    """The last rows stand in a table in the header of the pages."""

    def move(paper: Document, table: Table) -> None:
        row = table.rows[last_row(table)]._tr
        other = copy.deepcopy(table._tbl)
        for each in other.findall(qn("w:tr")):
            other.remove(each)
        other.append(row)
        header = paper.sections[0].header
        header.is_linked_to_previous = False
        header._element.insert(0, other)

    return changed(data, move)


@on_bytes("right", ".docx", LISTS)
def ordinals_of_word(data: bytes, chance: Random) -> bytes:
    """Word numbers the rows: their cells hold no text."""

    def number(paper: Document, table: Table) -> None:
        for row in table.rows[1:]:
            first = row.cells[0]
            if first.text.strip().isdecimal():
                for run in first.paragraphs[0].runs:
                    run.text = ""

    return changed(data, number)


@on_bytes("right", ".docx", LISTS)
def captions_and_page_numbers(data: bytes, chance: Random) -> bytes:
    """A caption stands above the table, a page number below it."""

    def add(paper: Document, table: Table) -> None:
        table._tbl.addprevious(paper.add_paragraph("Bảng 1: Danh sách kèm theo")._p)
        table._tbl.addnext(paper.add_paragraph("Trang 1/2")._p)

    return changed(data, add)


@on_bytes("either", ".docx", LISTS)
def the_table_pasted_twice(data: bytes, chance: Random) -> bytes:
    """The table was pasted twice."""

    def paste(paper: Document, table: Table) -> None:
        between = paper.add_paragraph("")
        table._tbl.addnext(between._p)
        between._p.addnext(copy.deepcopy(table._tbl))

    return changed(data, paste)


@on_bytes("told", ".docx", LISTS)
def the_list_as_a_picture_of_word(data: bytes, chance: Random) -> bytes:
    """The table was replaced by a picture of it."""
    from docx.shared import Cm

    from benchmarks.losses.unseen import picture

    def replace(paper: Document, table: Table) -> None:
        paper.add_picture(io.BytesIO(picture(60, 40)), Cm(15), Cm(9))
        table._tbl.getparent().remove(table._tbl)

    return changed(data, replace)
