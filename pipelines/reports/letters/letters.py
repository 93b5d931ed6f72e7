"""The công văn «đề nghị bổ sung hồ sơ» as a Word file; number, date and signature are left to people.

Layout: Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from docx.document import Document as Doc
from docx.enum.section import WD_SECTION
from docx.shared import Mm, Pt

from pipelines.reports.docx_template import DocxTemplate, block, repeated
from pipelines.reports.letters.content import LetterContent, Subject
from pipelines.reports.letters.layout import (
    Align,
    add,
    keep_whole,
    new_document,
    repeat_header,
    rule,
    said,
    two_columns,
    write,
)
from pipelines.reports.letters.letterhead import Letterhead
from pipelines.sentences import listed, text
from pipelines.sentences.words import raised

_LEFT, _RIGHT = 66, 99
"""Widths of the head's columns in millimetres; together the 165 mm between the margins."""
_ANNEX_WIDTHS = (12, 43, 75, 35)
_LONGEST_TITLE = 255
"""In a file's properties."""


def write_letter(path: Path, content: LetterContent, head: Letterhead, year: int, on: datetime) -> None:
    """Write one letter.

    Args:
        path: where to.
        content: what it says.
        head: who writes it.
        year: the year of its dotted date.
        on: time noted in the file's properties, so that the same night gives the same file.
    """
    data = _template(head, year, content.annexed).filled(
        title=content.subject[:_LONGEST_TITLE],
        on=f"{on:%Y-%m-%dT%H:%M:%SZ}",
        subject=said(content.subject),
        to=said(text("letter.to", unit=content.unit)),
        lead=said(content.lead),
        lines=[] if content.annexed else [(keep, said(words)) for keep, words in _lines(content.subjects)],
        notes=list(map(said, content.notes)),
        closing=said(content.closing),
        rows=[map(said, row) for row in _rows(content.subjects)] if content.annexed else [],
    )
    path.write_bytes(data)


@lru_cache(maxsize=64)
def _template(head: Letterhead, year: int, annexed: bool) -> DocxTemplate:
    """What all letters of a programme have in common, laid out once."""
    document = new_document(text("author"))
    _head(document, head, year)
    add(document, "{{ to }}", align="center", before=16, after=14, indent=False, spacing=None)
    add(document, "{{ lead }}")
    with repeated(document, "keep, words in lines"):
        for keep, which in ((True, "if keep"), (False, "if not keep")):
            with block(document, which):
                add(document, "{{ words }}", keep=keep)
    with repeated(document, "note in notes"):
        add(document, "{{ note }}")
    add(document, "{{ closing }}", keep=True)  # no signature alone on a page
    _foot(document, head)
    if annexed:
        _annex(document, head, year)
    return DocxTemplate(document)


def _head(document: Doc, head: Letterhead, year: int) -> None:
    looks = head.looks
    left, right = two_columns(document, _LEFT, _RIGHT)
    write(left.paragraphs[0], head.superior.upper(), size=looks.superior, align="center")
    write(left.add_paragraph(), head.agency.upper(), size=looks.agency, bold=True, align="center", after=2)
    if head.mark:
        write(left.add_paragraph(), head.mark, size=13, align="center")
    else:
        rule(left.add_paragraph(), _LEFT * 0.31)
    write(left.add_paragraph(), head.number, size=looks.number, align="center", before=6)
    about = write(left.add_paragraph(), "{{ subject }}", size=looks.subject, align="center", before=2)
    about.runs[0].italic = looks.subject_italic
    write(
        right.paragraphs[0],
        head.country,
        size=looks.country,
        bold=True,
        align="center",
        after=0 if head.motto else 2,
    )
    if head.motto:
        write(right.add_paragraph(), head.motto, size=looks.motto, bold=True, align="center", after=2)
    rule(right.add_paragraph(), _RIGHT * 0.24)
    place = text("letter.date", place=head.place, year=year)
    write(right.add_paragraph(), place, size=looks.place, italic=True, align="center", before=6)


def _lines(subjects: tuple[Subject, ...]) -> Iterator[tuple[bool, str]]:
    """The list of what is asked for: whether a line stays on the page of the next one, and the line."""
    letters = listed("letter.letters")
    for number, subject in enumerate(subjects, start=1):
        if len(subject.items) == 1:
            end = "." if number == len(subjects) else ";"
            what = subject.items[0].sentence + end
            yield False, text("letter.person", number=number, name=subject.name, what=what)
            continue
        yield True, text("letter.person_many", number=number, name=subject.name)
        for position, item in enumerate(subject.items):
            last = position == len(subject.items) - 1 and number == len(subjects)
            mark = letters[position] if position < len(letters) else str(position + 1)
            yield False, text("letter.item", letter=mark, what=item.sentence + ("." if last else ";"))


def _rows(subjects: tuple[Subject, ...]) -> Iterator[tuple[str, str, str, str]]:
    """The rows of the annex."""
    for number, subject in enumerate(subjects, start=1):
        begin = str(number), subject.name
        for item in subject.items:
            yield *begin, raised(item.what), item.where
            begin = "", ""


def _foot(document: Doc, head: Letterhead) -> None:
    write(document.add_paragraph(), "", size=6, keep=True)
    left, right = two_columns(document, 80, 85)
    keep_whole(document.tables[-1].rows[0])
    looks, slanted = head.looks, head.looks.receivers_bold_italic
    label = write(
        left.paragraphs[0], text("letter.recipients"), size=looks.receivers, bold=slanted, italic=slanted
    )
    label.runs[0].underline = looks.receivers_underlined
    for line in listed("letter.recipients_list"):
        write(left.add_paragraph(), line.format(archive=head.archive), size=looks.receivers_list)
    write(right.paragraphs[0], head.signer.upper(), size=14, bold=True, align="center")
    for _ in range(4):
        write(right.add_paragraph(), "", size=14, align="center")


def _annex(document: Doc, head: Letterhead, year: int) -> None:
    document.add_section(WD_SECTION.NEW_PAGE)
    document.sections[-1].different_first_page_header_footer = False
    write(document.add_paragraph(), text("letter.annex"), bold=True, align="center", keep=True)
    title = text("letter.annex_title").upper()
    write(document.add_paragraph(), title, bold=True, align="center", keep=True)
    of = text(
        "letter.annex_of", number=head.number.removeprefix("Số").lstrip(": "), year=year, agency=head.agency
    )
    write(document.add_paragraph(), of, size=13, italic=True, align="center", after=8, keep=True)
    table = document.add_table(rows=1, cols=len(_ANNEX_WIDTHS))
    table.style = "Table Grid"
    table.autofit = False
    for cell, label in zip(table.rows[0].cells, listed("letter.annex_columns"), strict=True):
        write(cell.paragraphs[0], label, size=12, bold=True, align="center", before=2, after=2)
    repeat_header(table.rows[0])
    with repeated(table, "number, name, what, where in rows"):
        row = table.add_row()
        keep_whole(row)
        for cell, value in zip(row.cells, ("number", "name", "what", "where"), strict=True):
            align: Align = "center" if value == "number" else "left"
            write(cell.paragraphs[0], f"{{{{ {value} }}}}", size=12, align=align, before=2, after=2)
    for column, width in zip(table.columns, _ANNEX_WIDTHS, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, _ANNEX_WIDTHS, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].paragraph_format.line_spacing = Pt(14)
