"""Mẫu 02 as a Word file: A4 landscape, Times New Roman, header rows repeated, page numbers from page 2.

The file is laid out once, with Jinja tags where a unit's words and numbers go; printing fills them in.
"""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from pipelines.reference.models.awards import Mau02
from pipelines.reports.docx_template import DocxTemplate, block, drop_unused, repeated
from pipelines.reports.mau_02 import word
from pipelines.reports.mau_02.annex import Table, annex_tables
from pipelines.reports.mau_02.content import Content, words
from pipelines.reports.mau_02.form import (
    SUB_LINES,
    annex_notes,
    label_of,
    note_lines,
    official_cells,
    official_header,
    subtitle,
    title_lines,
)
from pipelines.reports.mau_02.numbers import whole
from pipelines.reports.mau_02.word import CENTRE, LEFT, RIGHT

SIZE = 11
"""Of tables and notes: the form then takes two pages, the signature not alone on the second."""
WIDTHS = (12, 88, 21, 21, 21, 21, 24, 21, 24)
TITLES = len(words()["title"])
GROUP, TOTAL, SUB, LINE = "group", "total", "sub", "line"


class WordPrinter:
    """Prints mẫu 02 as .docx; laid out once, filled in for each unit."""

    def __init__(self, form: Mau02) -> None:
        """Lay out the form.

        Args:
            form: as the reference data describe it.
        """
        self._form = form
        document = Document()
        _page(document)
        _letterhead(document)
        _official_table(document, form)
        with repeated(document, "note in notes"):
            note = _line(document, "{{ note }}", size=SIZE, italic=True, align=LEFT)
            note.paragraph_format.keep_with_next = True
        _signature(document)
        _annex(document)
        drop_unused(document)
        self._template = DocxTemplate(document)

    def printed(self, content: Content) -> bytes:
        """The file: the official table and, from a new page, the annex; equal contents give equal bytes."""
        return self._template.filled(
            superior=(content.superior or "").upper(),
            unit=content.unit.upper(),
            titles=title_lines(content),
            reference=words()["reference"].format(unit=content.unit),
            rows=_rows(content),
            notes=note_lines(self._form, content),
            subtitle=subtitle(content),
            annex=[table.rows_of(content) for table in annex_tables()],
            annex_notes=annex_notes(self._form, content),
        )


def write_docx(content: Content, form: Mau02, out: Path) -> None:
    """Write one file.

    Args:
        content: what the print says.
        form: the form as the reference data describe it.
        out: the file to write.
    """
    out.write_bytes(WordPrinter(form).printed(content))


def _rows(content: Content) -> list[tuple[str, str, str, list[str]]]:
    """Look, number, name and the seven numbers of each row."""
    rows, before = [], None
    for line in content.lines:
        look = line.row_type if line.row_type in (GROUP, TOTAL) else LINE
        look = SUB if line.row_type in SUB_LINES else look
        cells = [value if isinstance(value, str) else whole(value) for value in official_cells(line)]
        rows.append((look, line.number or "", label_of(line, before), cells))
        before = line
    return rows


def _page(document: DocumentType) -> None:
    word.default_font(document, 13)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    word.page_number(paragraph)
    first = section.first_page_header.paragraphs[0]
    word.write(first, words()["form_label"], size=13, bold=True, align=RIGHT)


def _line(
    document: DocumentType,
    text: str,
    *,
    size: int = 13,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = CENTRE,
) -> Paragraph:
    paragraph = document.add_paragraph()
    word.write(paragraph, text, size=size, bold=bold, italic=italic, align=align)
    return paragraph


def _heading(document: DocumentType, text: str) -> None:
    """A heading that never stands alone at the foot of a page."""
    _line(document, text, bold=True, align=LEFT).paragraph_format.keep_with_next = True


def _letterhead(document: DocumentType) -> None:
    say = words()
    table = document.add_table(rows=1, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    word.set_widths(table, (100, 152))
    left, right = table.rows[0].cells
    _lines(left, [("{{ superior }}", 13, False, False), ("{{ unit }}", 13, True, False)])
    word.rule_below(left.paragraphs[-1], 30, 100)
    _lines(right, [(say["country"], 13, True, False), (say["motto"], 14, True, False)])
    word.rule_below(right.paragraphs[-1], 60, 152)
    word.write(left.add_paragraph(), say["number_line"], size=13, align=CENTRE, before=4)
    word.write(right.add_paragraph(), say["place_date"], size=13, italic=True, align=CENTRE, before=4)
    for number in range(TITLES):
        paragraph = _line(document, f"{{{{ titles[{number}] }}}}", size=14, bold=True)
        paragraph.paragraph_format.space_before = Pt(0 if number else 6)
    paragraph = _line(document, "{{ reference }}", italic=True)
    paragraph.paragraph_format.space_after = Pt(8)


def _lines(cell: _Cell, lines: list[tuple[str, int, bool, bool]]) -> None:
    for number, (text, size, bold, italic) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        word.write(paragraph, text, size=size, bold=bold, italic=italic, align=CENTRE)


def _official_table(document: DocumentType, form: Mau02) -> None:
    """The table; of its rows one of each look, from which the tags choose."""
    height, header = official_header(form)
    table = word.headed_table(document, height, header, WIDTHS)
    with repeated(table, "look, number, name, cells in rows"):
        for look in (GROUP, SUB, LINE, TOTAL):
            with block(table, f"if look == '{look}'"):
                _official_row(table, look)


def _official_row(table: WordTable, look: str) -> None:
    bold, italic = look in (GROUP, TOTAL), look == SUB
    cells = word.add_row(table)
    if look == TOTAL:
        merged = cells[0].merge(cells[1])
        word.write(merged.paragraphs[0], "{{ name }}", size=SIZE, bold=True, align=CENTRE)
    else:
        word.write(cells[0].paragraphs[0], "{{ number }}", size=SIZE, bold=bold, align=CENTRE)
        word.write(cells[1].paragraphs[0], "{{ name }}", size=SIZE, bold=bold, italic=italic, align=LEFT)
    for place, cell in enumerate(cells[2:]):
        word.write(cell.paragraphs[0], f"{{{{ cells[{place}] }}}}", size=SIZE, bold=bold, align=RIGHT)
    if look == TOTAL:  # the total, the notes and the signature stay together
        for cell in table.rows[-1].cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _signature(document: DocumentType) -> None:
    say = words()
    table: WordTable = document.add_table(rows=1, cols=2)
    word.set_widths(table, (126, 126))
    word.keep_whole(table.rows[0])
    left, right = table.rows[0].cells
    word.write(left.paragraphs[0], say["receivers"], size=SIZE, bold=True, italic=True, align=LEFT, before=8)
    word.write(left.add_paragraph(), say["receiver_line"], size=11, align=LEFT)
    word.write(right.paragraphs[0], say["signer"], size=13, bold=True, align=CENTRE, before=8)
    word.write(right.add_paragraph(), say["signer_hint"], size=13, italic=True, align=CENTRE)
    for _ in range(3):  # room for signature and stamp
        right.add_paragraph()


def _annex(document: DocumentType) -> None:
    annex = words()["annex"]
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _line(document, annex["title"], size=14, bold=True)
    _line(document, "{{ subtitle }}", italic=True)
    for number, table in enumerate(annex_tables()):
        _annex_table(document, table, f"annex[{number}]")
    _heading(document, annex["policies_title"])
    with repeated(document, "note in annex_notes"):
        _line(document, "- {{ note }}", size=SIZE, align=LEFT)


def _annex_table(document: DocumentType, shown: Table, rows: str) -> None:
    with block(document, f"if {rows}"):
        _heading(document, shown.title)
        table = word.headed_table(document, shown.height, shown.header, shown.widths)
        with repeated(table, f"cells in {rows}"):
            for column, cell in enumerate(word.add_row(table), 1):
                align = CENTRE if column == 1 else LEFT if column in shown.text_columns else RIGHT
                word.write(cell.paragraphs[0], f"{{{{ cells[{column - 1}] }}}}", size=SIZE, align=align)
        document.add_paragraph()
    with block(document, f"if not {rows}"):
        _line(document, shown.title_without_rows, bold=True, align=LEFT)
