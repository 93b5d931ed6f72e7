"""What python-docx leaves to its users: fonts for Vietnamese, repeated header rows, rules, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Any, cast

from docx.document import Document as DocumentType
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.parfmt import CT_PPr
from docx.oxml.text.run import CT_R
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from pipelines.reports.mau_02.form import Merged
from pipelines.text.printable import printable

FACE = "Times New Roman"
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def default_font(document: DocumentType, size: int) -> None:
    """Times New Roman for every script, single spacing, no space between paragraphs."""
    style = document.styles["Normal"]
    style.font.name = FACE
    style.font.size = Pt(size)
    fonts = style.element.rPr.rFonts
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FACE)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.line_spacing = 1.0


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: int,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = LEFT,
    before: int = 0,
) -> None:
    """Put a text into a paragraph; an empty one, or one whose tag gives nothing, is as high as any other."""
    element = paragraph._p
    if element.pPr is not None:
        element.remove(element.pPr)
    properties, run = _shape(size, bold, italic, align, before, not text or text.startswith("{{"))
    element.insert(0, deepcopy(properties))
    added = Run(deepcopy(run), paragraph)
    added.text = printable(text)
    element.append(added._r)


@lru_cache(maxsize=64)
def _shape(
    size: int, bold: bool, italic: bool, align: WD_ALIGN_PARAGRAPH, before: int, may_be_empty: bool
) -> tuple[CT_PPr, CT_R]:
    """Properties of a paragraph and of its run; made once, since a table has a thousand alike."""
    paragraph = Paragraph(cast(CT_P, OxmlElement("w:p")), cast(Any, None))
    run = paragraph.add_run()
    run.font.size = Pt(size)
    run.bold, run.italic = bold, italic
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = Pt(before)
    properties = paragraph._p.get_or_add_pPr()
    if may_be_empty:
        mark, half_points = OxmlElement("w:rPr"), OxmlElement("w:sz")
        half_points.set(qn("w:val"), str(2 * size))
        mark.append(half_points)
        properties.append(mark)
    return properties, run._r


def page_number(paragraph: Paragraph) -> None:
    """The page number as a field."""
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if text:
            element = OxmlElement("w:instrText")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), str(kind))
        run._r.append(element)


def set_widths(table: Table, widths: Sequence[float]) -> None:
    """Fixed column widths in millimetres."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def headed_table(
    document: DocumentType, height: int, header: Sequence[Merged], widths: Sequence[float], size: int = 11
) -> Table:
    """A ruled table with its nested header, repeated on each page."""
    table: Table = document.add_table(rows=height, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    set_widths(table, widths)
    for cell in header:
        target = table.cell(cell.top, cell.left).merge(table.cell(cell.bottom, cell.right))
        target.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        write(target.paragraphs[0], cell.text, size=size, bold=True, align=CENTRE)
        target.paragraphs[0].paragraph_format.keep_with_next = True  # no header without a row
    for row in table.rows:
        keep_whole(row)
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def add_row(table: Table) -> tuple[_Cell, ...]:
    """A new row that is never split between pages."""
    row = table.add_row()
    keep_whole(row)
    for cell in row.cells:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return tuple(row.cells)


def keep_whole(row: _Row) -> None:
    """Never split this row between pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def rule_below(paragraph: Paragraph, length: float, room: float) -> None:
    """A centred rule under a paragraph.

    Args:
        paragraph: the last line above the rule; the rule is a paragraph of its own after it.
        length: of the rule, in millimetres.
        room: width of the cell, in millimetres.
    """
    element = cast(CT_P, OxmlElement("w:p"))
    paragraph._p.addnext(element)
    rule = Paragraph(element, paragraph._parent)
    side = (room - length) / 2
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Mm(side)
    rule.paragraph_format.line_spacing = Pt(3)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    rule._p.get_or_add_pPr().append(borders)
