"""Whether a paper is signed: what stands below the signature label, before the end of its block.

Source: docs/contract.md#values, Signed: a person's name, ``(Đã ký)`` or a picture; the printed hint
``(Ký, đóng dấu)`` alone is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.forms.places import Place
from pipelines.forms.recognise.labels import has_phrase, starts_with, words_key
from pipelines.forms.recognise.lines import TextLine
from pipelines.forms.registry import Words
from pipelines.text.keys import clean

_GAPS = re.compile(r"\t+|\s{3,}")
_NAME_WORD = re.compile(r"(?:[^\W\d_]{1,4}\.)*[^\W\d_]+(?:[-'’][^\W\d_]+)?\.?")
NEAR_COLUMNS = 2
MOST_LABEL_WORDS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line with its place; ``picture``: one stands there."""

    order: int
    column: int
    text: str
    picture: bool = False
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature label that was found, and whether something stands below it."""

    label: str
    key: str
    signed: bool
    by: str | None = None
    places: tuple[Place, ...] = ()


def pieces_of(lines: Iterable[TextLine]) -> list[Line]:
    """The lines cut at cells and tabs: pieces side by side have growing columns."""
    found: list[Line] = []
    for line in lines:
        if line.picture:
            found.append(Line(line.order, -1, "", picture=True))
        if line.pieces:
            found.extend(
                Line(line.order, piece.column, line.text[piece.start : piece.end], places=(place,))
                for piece in line.pieces
                for place in line.cells(piece.start, piece.end)
            )
        else:
            texts = [text for text in _GAPS.split(line.text.strip()) if text.strip()]
            places = tuple(line.cells())
            found.extend(Line(line.order, column, text, places=places) for column, text in enumerate(texts))
    return found


def is_label(text: str, labels: tuple[str, ...]) -> bool:
    """Whether a piece of a line is a signature label: it starts with one and is no sentence."""
    key = words_key(text)
    short = len(key.split()) <= MOST_LABEL_WORDS and not text.rstrip().endswith((".", ";"))
    return starts_with(key, labels) and (short or text.isupper())


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
    if line.picture:
        return True
    key = words_key(line.text)
    return any(has_phrase(key, mark) for mark in words.signed_marks) or is_person_name(line.text, words)


def _nearest(columns: list[int], at: int) -> int:
    return min(columns, key=lambda column: abs(column - at))


def find_signatures(lines: list[Line], labels: tuple[str, ...], words: Words) -> list[Signature]:
    """Each signature label among the lines, and whether it is signed.

    Args:
        lines: the lines from where the signatures may begin.
        labels: words keys of the labels; a line that starts with one is a label.
        words: the catalogue's words.
    """
    found = [line for line in lines if line.text and is_label(line.text, labels)]
    result = []
    for label in found:
        rivals = [other for other in found if other is not label]
        ends = [
            r.order for r in rivals if r.order > label.order and abs(r.column - label.column) <= NEAR_COLUMNS
        ]
        end = min(ends, default=None)
        beside = [other.column for other in rivals if other.order == label.order]
        signer = None
        for line in lines:
            below = line.order >= label.order if line.picture else line.order > label.order
            if not below or line in found or (end is not None and line.order >= end):
                continue
            columns = [label.column, *beside]
            nearest = _nearest(columns, line.column)
            if (line.picture or nearest == label.column) and _signs(line, words):
                signer = line
                break
        key = words_key(label.text)
        by = clean(signer.text) or None if signer else None
        result.append(Signature(clean(label.text), key, signer is not None, by, label.places))
    return result
