"""Letters that a program threw away: «Nguy?n Th? Thu? Mai»; what is lost cannot be read back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.inbox.document import Document, Told, Unreadable, a1

_LOST = re.compile(r"[^\W\d_]\?+[^\W\d_]|(?<!\S)\?+[^\W\d_]|\ufffd")
_SHORT = 60
_AMID = re.compile(r"[^\W\d_]\?+\s+[^\WA-ZÀ-Ỹ_]")
"""In a short text a question mark before a word without a capital is a lost letter: «Trạm s? 5»."""
_NAME = re.compile(r"[A-ZÀ-Ỹ][\w?]*(?:\s+[A-ZÀ-Ỹ][\w?]*){1,5}")
"""Words with capitals: one with a question mark is no question but a name: «H? Minh Vinh»."""
_WORD = re.compile(r"(?<!\S)(?:\?{2,}\s+[A-ZÀ-Ỹ]|\?+\s+[\w?]*[^\W\d_]\?)")
"""Every letter of a word before another was lost: «?? Th? Loan»; one mark alone is somebody's doubt."""
_GARBLED = re.compile(r"Ã[¡-¿]|á[º»][\x80-¿–-”†-™€]|Ä[‘\x91]|Æ°")
"""UTF-8 that was read as Windows-1252: «Nguyá»…n»."""
_MARKS = "?\ufffdÃºÄÆ»"
"""One of these stands in every hurt text: a search for each rules out almost all."""
_ADDRESS_OF_A_PAGE = ("://", "www.")
_MOST = 3
"""So many cells and lines are told; a file with more has lost its letters throughout and is not read."""


def look_for_lost_letters(document: Document) -> None:
    """Note cells and lines whose letters were lost.

    Args:
        document: the file; a finding RD-MAT-CHU-O is added for each where a few are hurt.

    Raises:
        Unreadable: RD-MAT-CHU when the letters are lost throughout the file.
    """
    hurt: list[Told] = []
    for told in _hurt(document):
        hurt.append(told)
        if len(hurt) > _MOST:
            raise Unreadable("RD-MAT-CHU", gia_tri=hurt[0].params["gia_tri"])
    document.told += hurt


def _hurt(document: Document) -> Iterator[Told]:
    for grid in document.grids:
        texts = grid.texts()
        hurt = {text for text in texts if _is_hurt(text)} if _may_be_hurt("\n".join(texts)) else set()
        for row, values in enumerate(grid.rows if hurt else []):
            for column, value in enumerate(values):
                if isinstance(value, str) and value in hurt:
                    cell = a1(row, column) if grid.has_addresses else None
                    yield Told("RD-MAT-CHU-O", {"gia_tri": value[:80]}, grid.name, row + 1, cell)
    for line in document.paragraphs:
        if _is_hurt(line.text):
            yield Told("RD-MAT-CHU-O", {"gia_tri": line.text[:80]})


def _may_be_hurt(text: str) -> bool:
    return any(mark in text for mark in _MARKS)


def _is_hurt(text: str) -> bool:
    if not _may_be_hurt(text) or any(mark in text for mark in _ADDRESS_OF_A_PAGE):
        return False
    asks = "?" in text and len(text) <= _SHORT
    short = asks and bool(_AMID.search(text) or _WORD.search(text) or _NAME.fullmatch(text.strip()))
    return short or bool(_LOST.search(text) or _GARBLED.search(text))
