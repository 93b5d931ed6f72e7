"""Paragraphs as Nghị định 30/2020/NĐ-CP, Phụ lục I, wants them: fonts, sizes, rules, page, page number."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import lru_cache
from typing import Any, Literal, cast
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.parfmt import CT_PPr
from docx.oxml.text.run import CT_R
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from markupsafe import Markup

FONT = "Times New Roman"
BODY = 14
INDENT = Mm(12.7)
Align = Literal["left", "center", "right", "justify"]
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BREAK = re.compile(r"([\t\r\n])")
_TAG = re.compile(r"\{\{ \w+ \}\}")
_BREAKS = {"\t": "<w:tab/>", "\r": "<w:br/>", "\n": "<w:br/>"}
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def new_document(author: str) -> Doc:
    """An empty A4 page: margins 20 mm above and below, 30 left, 15 right; page number from page 2.

    Args:
        author: as its properties have it; their tags are ``title`` and ``on``, the moment it was written.
    """
    document: Doc = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
    style.paragraph_format.space_after = Pt(0)
    _page_number(section.header.paragraphs[0])
    properties = document.core_properties
    properties.author = properties.last_modified_by = author
    properties.title, properties.comments = "{{ title }}", ""
    for name in ("created", "modified"):
        properties._element.find(qn(f"dcterms:{name}")).text = "{{ on }}"
    return document


def write(
    paragraph: Paragraph,
    words: str,
    *,
    size: float = BODY,
    bold: bool = False,
    italic: bool = False,
    align: Align = "left",
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> Paragraph:
    """Write one run into a paragraph and set it."""
    properties, run = _shape(size, bold, italic, align, before, after, False, keep, None)
    element = paragraph._p
    if element.pPr is not None:
        element.remove(element.pPr)
    element.insert(0, deepcopy(properties))
    added = deepcopy(run)
    say(added, words)
    element.append(added)
    return paragraph


def add(
    document: Doc,
    words: str,
    *,
    align: Align = "justify",
    before: float = 3,
    after: float = 3,
    indent: bool = True,
    keep: bool = False,
    spacing: float | None = 1.15,
) -> None:
    """One more paragraph of the letter's text."""
    looks = _shape(BODY, False, False, align, before, after, indent, keep, spacing)
    paragraph: Any = OxmlElement("w:p")
    paragraph.extend(deepcopy(one) for one in looks)
    say(paragraph[-1], words)
    document.element.body[-1].addprevious(paragraph)  # the last one describes the page


def say(run: Any, words: str) -> None:
    """Put words, or a tag, into an empty run."""
    if _TAG.fullmatch(words):
        run.rPr.tail = words  # what ``said`` gives comes in its place
    else:
        run.text = _CONTROL.sub("", words).replace("{", "{{ '{' }}")  # an office's own words are no tags


def said(words: str) -> Markup:
    """What a run of these words holds; python-docx goes letter by letter."""
    pieces = _BREAK.split(_CONTROL.sub("", words))
    return Markup("".join(_BREAKS.get(piece) or _words(piece) for piece in pieces))  # noqa: S704 - is escaped


def _words(words: str) -> str:
    if not words:
        return ""
    space = ' xml:space="preserve"' if words != words.strip() else ""
    return f"<w:t{space}>{escape(words)}</w:t>"


@lru_cache(maxsize=128)
def _shape(
    size: float,
    bold: bool,
    italic: bool,
    align: Align,
    before: float,
    after: float,
    indent: bool,
    keep: bool,
    spacing: float | None,
) -> tuple[CT_PPr, CT_R]:
    """Properties of a paragraph and its run; made once, since letters have few looks."""
    paragraph = Paragraph(cast(CT_P, OxmlElement("w:p")), cast(Any, None))
    run = paragraph.add_run()
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.alignment = _ALIGN[align]
    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.first_line_indent = INDENT if indent else None
    form.keep_with_next = keep
    if spacing:
        form.line_spacing = spacing
    return paragraph._p.get_or_add_pPr(), run._r


def rule(paragraph: Paragraph, side: float) -> None:
    """A thin line in the middle of a column, ``side`` millimetres shorter at each end."""
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(side)
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(4)
    borders: Any = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def two_columns(document: Doc, left: float, right: float) -> tuple[Any, Any]:
    """A table of one row without lines, as letter heads are set; its two cells."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    cells = table.rows[0].cells
    for column, cell, width in zip(table.columns, cells, (left, right), strict=True):
        column.width = cell.width = Mm(width)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        gap = OxmlElement(f"w:{side}")
        gap.set(qn("w:w"), "0")
        gap.set(qn("w:type"), "dxa")
        margins.append(gap)
    table._tbl.tblPr.append(margins)
    return cells[0], cells[1]


def repeat_header(row: Any) -> None:
    """Repeat a table's row on every page; keep rows whole."""
    mark = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(mark)


def keep_whole(row: Any) -> None:
    """Do not let a row break over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        run._r.append(element)
