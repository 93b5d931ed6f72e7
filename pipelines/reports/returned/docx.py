"""Mark a Word file: a comment at the place of each finding; those without a place stand at the title."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from pipelines.reports.package import NOT_IN_CELLS
from pipelines.reports.returned.marks import CannotMark, Mark
from pipelines.reports.returned.ooxml import Parts
from pipelines.sentences import text

_TABLE = re.compile(r"bảng\s*(\d+)", re.IGNORECASE)
_CELL = re.compile(r"dòng\s*(\d+)\s*,\s*cột\s*(\d+)", re.IGNORECASE)
_PARAGRAPH = re.compile(r"đoạn\s*(\d+)", re.IGNORECASE)


def mark_docx(parts: Parts, marks: list[Mark]) -> bytes:
    """The document with comments; text and layout stay.

    Args:
        parts: of the unit's file.
        marks: what to write.

    Raises:
        CannotMark: the file is locked or damaged.
    """
    try:
        document: Doc = Document(BytesIO(parts.save()))
    except Exception as error:
        raise CannotMark(str(error)) from error
    lock = document.settings.element.find(qn("w:documentProtection"))
    if lock is not None and lock.get(qn("w:enforcement")) in ("1", "true", "on"):
        raise CannotMark("locked")
    _drop_earlier(document)
    spots: dict[Any, tuple[Paragraph, list[Mark]]] = {}
    for mark in marks:
        paragraph = _paragraph(document, mark)
        spots.setdefault(paragraph._p, (paragraph, []))[1].append(mark)
    for paragraph, found in spots.values():
        runs = paragraph.runs or [paragraph.add_run()]
        words = "\n".join(mark.comment for mark in found)
        author = text("author")
        document.add_comment(
            [runs[0], runs[-1]], text=NOT_IN_CELLS.sub("", words), author=author, initials=author[:3]
        )
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _drop_earlier(document: Doc) -> None:
    """Our comments of an earlier round go; the unit's own stay."""
    for comment in list(document.comments):
        if comment.author != text("author"):
            continue
        number = str(comment.comment_id)
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            for element in list(document.element.iter(qn(f"w:{name}"))):
                parent = element.getparent()
                if element.get(qn("w:id")) == number and parent is not None:
                    parent.remove(element)
        element = comment._comment_elm
        element.getparent().remove(element)  # type: ignore[union-attr]


def _paragraph(document: Doc, mark: Mark) -> Paragraph:
    place = f"{mark.sheet or ''} {mark.cell or ''}"
    cell, number = _CELL.search(mark.cell or ""), _PARAGRAPH.search(place)
    if cell:
        table = _TABLE.search(place)
        tables = [Table(found, document._body) for found in document.element.body.iter(qn("w:tbl"))]
        index = int(table[1]) - 1 if table else 0
        if 0 <= index < len(tables):
            found = _cell(tables[index], int(cell[1]) - 1, int(cell[2]) - 1)
            if found is not None:
                return found
    running = _running_text(document) if number else []
    if number and 0 < int(number[1]) <= len(running):
        return running[int(number[1]) - 1]
    return _title(document)


def _running_text(document: Doc) -> list[Paragraph]:
    """The paragraphs as the reader counts them: those outside tables and text boxes."""
    boxes = {qn("w:tbl"), qn("w:txbxContent")}
    return [
        Paragraph(found, document._body)
        for found in document.element.body.iter(qn("w:p"))
        if not any(above.tag in boxes for above in found.iterancestors())
    ]


def _cell(table: Table, row: int, column: int) -> Paragraph | None:
    if not 0 <= row < len(table.rows):
        return None
    cells = table.rows[row].cells
    return cells[column].paragraphs[0] if 0 <= column < len(cells) and cells[column].paragraphs else None


def _title(document: Doc) -> Paragraph:
    """The first line in capitals (the title), else the first with words, else the first."""
    filled = [paragraph for paragraph in document.paragraphs if paragraph.text.strip()]
    titles = [p for p in filled if p.text.strip().isupper() and text("title.starts") in p.text]
    if titles or filled:
        return (titles or [p for p in filled if p.text.strip().isupper()] or filled)[0]
    return document.paragraphs[0] if document.paragraphs else document.add_paragraph()
