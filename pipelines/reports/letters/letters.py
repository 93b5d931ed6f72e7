"""The công văn «đề nghị bổ sung hồ sơ» as a Word file; number, date and signature are left to people.

Layout: Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from docx.document import Document as Doc
from docx.enum.section import WD_SECTION
from docx.shared import Mm, Pt

from pipelines.reports.letters.content import LetterContent, Subject
from pipelines.reports.letters.layout import (
    add,
    keep_whole,
    new_document,
    packed,
    put,
    repeat_header,
    rule,
    say,
    two_columns,
    write,
)
from pipelines.reports.letters.letterhead import Letterhead
from pipelines.sentences import listed, text
from pipelines.sentences.words import raised

_LEFT, _RIGHT = 66, 99
"""Widths of the head's columns in millimetres; together the 165 mm between the margins."""
_ANNEX_WIDTHS = (12, 43, 75, 35)


def write_letter(path: Path, content: LetterContent, head: Letterhead, year: int, on: datetime) -> None:
    """Write one letter.

    Args:
        path: where to.
        content: what it says.
        head: who writes it.
        year: the year of its dotted date.
        on: time noted in the file's properties, so that the same night gives the same file.
    """
    above, below = _frame(head, year)
    document = new_document()
    put(document, top := deepcopy(above))
    say(top.tr_lst[0].tc_lst[0].p_lst[-1].r_lst[0], content.subject)
    to = text("letter.to", unit=content.unit)
    add(document, to, align="center", before=16, after=14, indent=False, spacing=None)
    add(document, content.lead)
    if not content.annexed:
        _list(document, content.subjects)
    for note in content.notes:
        add(document, note)
    add(document, content.closing, keep=True)  # no signature alone on a page
    for element in below:
        put(document, deepcopy(element))
    if content.annexed:
        _annex(document, content.subjects, head, year)
    path.write_bytes(packed(document, content.subject, text("author"), on))


@lru_cache(maxsize=64)
def _frame(head: Letterhead, year: int) -> tuple[Any, tuple[Any, ...]]:
    """What all letters of a programme have above and below their words, laid out once; without a subject."""
    document = new_document()
    _head(document, head, year)
    _foot(document, head)
    above, *below, _page = document.element.body
    return deepcopy(above), tuple(deepcopy(one) for one in below)


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
    about = write(left.add_paragraph(), "", size=looks.subject, align="center", before=2)
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


def _list(document: Doc, subjects: tuple[Subject, ...]) -> None:
    letters = listed("letter.letters")
    for number, subject in enumerate(subjects, start=1):
        if len(subject.items) == 1:
            end = "." if number == len(subjects) else ";"
            what = subject.items[0].sentence + end
            add(document, text("letter.person", number=number, name=subject.name, what=what))
            continue
        add(document, text("letter.person_many", number=number, name=subject.name), keep=True)
        for position, item in enumerate(subject.items):
            last = position == len(subject.items) - 1 and number == len(subjects)
            mark = letters[position] if position < len(letters) else str(position + 1)
            add(document, text("letter.item", letter=mark, what=item.sentence + ("." if last else ";")))


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


def _annex(document: Doc, subjects: tuple[Subject, ...], head: Letterhead, year: int) -> None:
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
    for number, subject in enumerate(subjects, start=1):
        for position, item in enumerate(subject.items):
            row = table.add_row()
            keep_whole(row)
            first = position == 0
            values = (
                str(number) if first else "",
                subject.name if first else "",
                raised(item.what),
                item.where,
            )
            for column, (cell, value) in enumerate(zip(row.cells, values, strict=True)):
                align = "center" if column == 0 else "left"
                write(cell.paragraphs[0], value, size=12, align=align, before=2, after=2)  # type: ignore[arg-type]
    for column, width in zip(table.columns, _ANNEX_WIDTHS, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, _ANNEX_WIDTHS, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].paragraph_format.line_spacing = Pt(14)
