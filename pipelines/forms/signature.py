"""Whether a paper is signed: what stands below the signature label, before the end of its block.

Source: CONTRACT section 2, «Values», Signed: a person's name, ``(Đã ký)`` or a picture; the printed hint
``(Ký, đóng dấu)`` alone is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.forms.labels import has_phrase, starts_with, words_key
from pipelines.forms.registry import Words
from pipelines.inbox.document import Grid, Paragraph
from pipelines.text.keys import clean

_GAPS = re.compile(r"\t+|\s{3,}")
_NAME_WORD = re.compile(r"(?:[^\W\d_]{1,4}\.)*[^\W\d_]+(?:[-'’][^\W\d_]+)?\.?")
NEAR_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of text with its place; ``picture``: one stands there."""

    row: int
    column: int
    text: str
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature label that was found, and whether something stands below it."""

    label: str
    row: int
    column: int
    signed: bool
    by: str | None = None


def lines_of_grid(grid: Grid, first: int = 0) -> list[Line]:
    """The lines of a grid from row ``first``, cell by cell and line by line."""
    lines = [
        Line(number, column, piece)
        for number, row in enumerate(grid.rows[first:], start=first)
        for column, value in enumerate(row)
        if isinstance(value, str)
        for piece in value.splitlines()
        if piece.strip()
    ]
    lines.extend(Line(row, -1, "", picture=True) for row in grid.pictures if row >= first)
    return lines


def lines_of_paragraphs(paragraphs: Iterable[Paragraph]) -> list[Line]:
    """The lines of running text; pieces apart by tabs stand side by side."""
    lines: list[Line] = []
    for paragraph in paragraphs:
        for text in paragraph.text.splitlines() or [""]:
            pieces = [piece for piece in _GAPS.split(text.strip()) if piece.strip()]
            lines.extend(Line(paragraph.number, column, piece) for column, piece in enumerate(pieces))
        if paragraph.picture:
            lines.append(Line(paragraph.number, -1, "", picture=True))
    return lines


def is_person_name(text: str, words: Words) -> bool:
    """Whether a line can be a person's name: two to seven capitalised words, none of them a label."""
    plain = clean(text).strip(" .")
    parts = plain.split()
    if not 2 <= len(parts) <= 7 or len(plain) > 60:
        return False
    key = words_key(plain)
    if starts_with(key, words.signature_starts) or key in words.signature_hints:
        return False
    return all(_NAME_WORD.fullmatch(part) and part[0].isupper() for part in parts)


def _signs(line: Line, words: Words) -> bool:
    key = words_key(line.text)
    return (
        line.picture
        or any(has_phrase(key, mark) for mark in words.signed_marks)
        or is_person_name(line.text, words)
    )


def find_signatures(lines: list[Line], labels: tuple[str, ...], words: Words) -> list[Signature]:
    """Each signature label among the lines, and whether it is signed.

    Args:
        lines: the lines from where the signatures may begin.
        labels: words keys of the labels; a line that starts with one is a label.
        words: the catalogue's words.
    """
    found = [line for line in lines if line.text and starts_with(words_key(line.text), labels)]
    result = []
    for label in found:
        rivals = [other for other in found if other is not label]
        ends = [r.row for r in rivals if r.row > label.row and abs(r.column - label.column) <= NEAR_COLUMNS]
        end = min(ends, default=None)
        beside = [other.column for other in rivals if other.row == label.row]
        by = None
        start = lines.index(label)
        for line in lines[start + 1 :] + [x for x in lines[:start] if x.picture and x.row >= label.row]:
            if end is not None and line.row >= end:
                continue
            if not line.picture and beside:
                nearest = min([label.column, *beside], key=lambda column: abs(column - line.column))
                if nearest != label.column:
                    continue
            if line is not label and line not in found and _signs(line, words):
                by = line.text or None
                result.append(Signature(clean(label.text), label.row, label.column, True, by))
                break
        else:
            result.append(Signature(clean(label.text), label.row, label.column, False))
    return result
