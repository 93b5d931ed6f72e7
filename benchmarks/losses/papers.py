"""What Word, its users and programs around it do to .docx files, beside what ``words`` does."""

from __future__ import annotations

import copy
import io
import zipfile
from random import Random

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table

from benchmarks.losses.mutator import DoesNotApply, on_bytes
from benchmarks.losses.words import LISTS, changed


def last_row(table: Table) -> int:
    """The last row that holds something in several cells."""
    for number in range(len(table.rows) - 1, 1, -1):
        if sum(bool(cell.text.strip()) for cell in table.rows[number].cells) > 2:
            return number
    raise DoesNotApply


@on_bytes("told", ".docx", LISTS)
def hidden_text(data: bytes, chance: Random) -> bytes:
    """A row is formatted as hidden text."""

    def hide(paper: Document, table: Table) -> None:
        for cell in table.rows[last_row(table)].cells:
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.hidden = True

    return changed(data, hide)


@on_bytes("told", ".docx", LISTS)
def a_file_within_the_file(data: bytes, chance: Random) -> bytes:
    """The rest of the list stands in a workbook that is set into the page, or in a file taken in whole."""
    kind = chance.choice(
        [RELATIONSHIP_TYPE.PACKAGE, RELATIONSHIP_TYPE.OLE_OBJECT, RELATIONSHIP_TYPE.A_F_CHUNK]
    )

    def embed(paper: Document, table: Table) -> None:
        main = paper.part
        part = Part(PackURI("/word/embeddings/phan1.bin"), "application/octet-stream", b"x", main.package)
        found = main.relate_to(part, kind)
        if kind == RELATIONSHIP_TYPE.A_F_CHUNK:
            chunk = OxmlElement("w:altChunk")
            chunk.set(qn("r:id"), found)
            table._tbl.addnext(chunk)

    return changed(data, embed)


@on_bytes("right", ".docx", LISTS)
def content_controls(data: bytes, chance: Random) -> bytes:
    """Cells and rows stand in content controls."""

    def control(paper: Document, table: Table) -> None:
        row = table.rows[last_row(table)]._tr
        outer, inner = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        row.addprevious(outer)
        outer.append(inner)
        inner.append(row)

    return changed(data, control)


@on_bytes("right", ".docx", LISTS)
def an_accepted_insertion(data: bytes, chance: Random) -> bytes:
    """A row was inserted under tracked changes; its text is an insertion."""

    def insert(paper: Document, table: Table) -> None:
        for cell in table.rows[last_row(table)].cells:
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    mark = OxmlElement("w:ins")
                    run._r.addprevious(mark)
                    mark.append(run._r)

    return changed(data, insert)


@on_bytes("right", ".docx", LISTS)
def runs_cut_apart(data: bytes, chance: Random) -> bytes:
    """Spelling checks cut words into runs."""

    def cut(paper: Document, table: Table) -> None:
        for row in table.rows:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    for run in paragraph.runs:
                        if len(run.text) > 3:
                            other = copy.deepcopy(run._r)
                            run._r.addnext(other)
                            middle = len(run.text) // 2
                            rest = run.text[middle:]
                            run.text = run.text[:middle]
                            docx.text.run.Run(other, paragraph).text = rest

    return changed(data, cut)


@on_bytes("told", ".docx", LISTS)
def a_table_turned_into_text(data: bytes, chance: Random) -> bytes:
    """The table was turned into lines with tabs."""

    def turn(paper: Document, table: Table) -> None:
        mark = chance.choice(["\t", "; ", " | "])
        for row in table.rows:
            texts = [cell.text.replace("\n", " ") for cell in row.cells]
            table._tbl.addprevious(paper.add_paragraph(mark.join(texts))._p)
        table._tbl.getparent().remove(table._tbl)

    return changed(data, turn)


@on_bytes("told", ".docx", LISTS)
def rows_within_a_cell(data: bytes, chance: Random) -> bytes:
    """The last rows stand in a table within the last cell."""

    def move(paper: Document, table: Table) -> None:
        cell = table.rows[last_row(table)].cells[-1]
        inner = cell.add_table(2, 3)
        for row, name in zip(inner.rows, ("Lý Văn Thử", "Nông Thị Mẫu"), strict=True):
            for place, text in enumerate(("9", name, "Lao động tiên tiến")):
                row.cells[place].text = text

    return changed(data, move)


@on_bytes("right", ".docx", LISTS)
def footnotes_and_footers(data: bytes, chance: Random) -> bytes:
    """The foot of the pages says which page it is."""

    def foot(paper: Document, table: Table) -> None:
        paper.sections[0].footer.paragraphs[0].text = "Trang 1/2"

    return changed(data, foot)


@on_bytes("right", ".docx", LISTS)
def repeated_header_rows(data: bytes, chance: Random) -> bytes:
    """The header was copied by hand to the top of the next page, after a page break."""

    def repeat(paper: Document, table: Table) -> None:
        rows = table.rows
        if len(rows) < 6:
            raise DoesNotApply
        rows[4]._tr.addprevious(copy.deepcopy(rows[0]._tr))

    return changed(data, repeat)


@on_bytes("right", ".docx .xlsx", LISTS)
def packed_without_compression(data: bytes, chance: Random) -> bytes:
    """Another program packed the file anew, without compression and in another order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for name in sorted(old.namelist(), reverse=True):
            new.writestr(name, old.read(name))
    return out.getvalue()
