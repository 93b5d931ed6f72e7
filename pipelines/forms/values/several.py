"""Cells that hold more than one name or more than one award."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.forms.recognise.labels import has_phrase, starts_with, words_key
from pipelines.forms.records.signature import is_person_name
from pipelines.forms.registry import Words
from pipelines.forms.values.look_up import ReferenceValues
from pipelines.inbox.document import CellValue
from pipelines.text.keys import clean

_MARKS = (",", ";", "\n", "/", "&", "+", " và ", " Và ", " vÀ ", " VÀ ", " - ", " – ", " — ")
"""One stands between any two names or awards of a cell, unless a number stands before the first."""
_NO_TEXT = "\0"
_SPLIT = re.compile(r"[;,\n/&+]|\s+và\s+|(?:^|\s)\d{1,2}[.)]\s", re.IGNORECASE)
_LINES = re.compile(r"[;\n]")
_ITEM = re.compile(r"\s*(?:[-+*•]|\d{1,2}[.)])\s*\S")
_NUMBER = re.compile(r"^\s*(?:[-+*•]|\d{1,2}[.)])\s*")
_COMRADE = re.compile(r"\bđ/c\b\.?\s*", re.IGNORECASE)
"""Its stroke parts no names: «Đ/c Lý Văn Thử»."""
_DASH = re.compile(r"\s[-–—]\s")


def _is_parted(text: str) -> bool:
    """Whether a text has a mark between its pieces, or a number before the first."""
    return _has_mark(text) or text.lstrip()[:1].isdecimal()


def _has_mark(text: str) -> bool:
    return any(mark in text for mark in _MARKS)


def parted(texts: Iterable[CellValue]) -> list[int]:
    """The texts of a column (by position) that may hold several names or awards; most columns have none."""
    known = [text if isinstance(text, str) else "" for text in texts]
    if not _has_mark(_NO_TEXT.join(known)) and not any(text.lstrip()[:1].isdecimal() for text in known):
        return []
    return [number for number, text in enumerate(known) if _is_parted(text)]


def several_names(text: str, kind: str | None, words: Words) -> bool:
    """Whether a cell names more than one recipient.

    Args:
        text: the cell.
        kind: ``tap_the``, ``ca_nhan``, ``gia_dinh``; ``None`` is not known.
        words: the words that names of collectives and households begin with.

    Source: CONTRACT section 2, «Several names or awards in one cell». Names of collectives rightly hold
    commas, «và» and line breaks, so only pieces that each begin as a name does are names of their own.
    """
    if not _is_parted(text):
        return False
    if kind == "gia_dinh":
        return several_households(text, words)
    return several_people(text, words) or (kind != "ca_nhan" and several_units(text, words))


def several_people(text: str, words: Words) -> bool:
    """Pieces that are each a person's name, in a cell that does not begin as a collective's name does."""
    text = _COMRADE.sub("đc ", text)
    if len(dashed := _DASH.split(text)) > 1:  # «Lý Văn Thử - Giáo Viên» is one person
        named = [words.rows.without_address(_NUMBER.sub("", clean(piece)))[1] for piece in dashed]
        return all(is_person_name(name, words) and words.rows.has_surname(name) for name in named)
    parts = [_NUMBER.sub("", clean(part)) for part in _SPLIT.split(text)]
    pieces = [piece for part in parts if (piece := words.rows.without_address(part)[1])]
    if pieces and _head(pieces[0], words.collective_heads):
        return False
    return sum(is_person_name(piece, words) for piece in pieces) > 1


def several_units(text: str, words: Words) -> bool:
    """Lines that begin as items or with the same word, or pieces that begin as collectives of one kind."""
    lines = [line.strip() for line in _LINES.split(text) if line.strip()]
    if len(lines) > 1:
        items = sum(_ITEM.match(line) is not None for line in lines)
        first = {line.split()[0].casefold() for line in lines}
        alike = len(first) == 1 and all(line[0].isupper() and len(line.split()) > 1 for line in lines)
        if items > 1 or alike:
            return True
        if "\n" not in text and all(_head(line, words.collective_heads) for line in lines):
            return True
    pieces = [_NUMBER.sub("", clean(piece)) for piece in _SPLIT.split(text)]
    heads = [_head(piece, words.collective_heads) for piece in pieces if piece]
    return bool(heads and heads[0]) and heads.count(heads[0]) > 1


def several_households(text: str, words: Words) -> bool:
    """Pieces that each begin as a household's name, or persons' names that are no couple's."""
    pieces = [_NUMBER.sub("", clean(piece)) for piece in _SPLIT.split(text)]
    if sum(bool(_head(piece, words.household_heads)) for piece in pieces) > 1:
        return True
    couple = any(has_phrase(words_key(text), phrase) for phrase in words.couples)
    names = [_after_head(piece, words.household_heads) for piece in pieces if piece]
    addressed = [words.rows.without_address(name) for name in names]
    persons = sum(is_person_name(name, words) for _, name in addressed)
    titled = {title.casefold() for title, _ in addressed if title}
    joined = persons == 2 and (" và " in text.casefold() or len(titled) > 1)
    return persons > 1 and not couple and not joined


def _head(piece: str, heads: tuple[str, ...]) -> str:
    """The word or words a name begins with, of those known."""
    key = words_key(piece)
    return max((head for head in heads if starts_with(key, [head])), key=len, default="")


def _after_head(piece: str, heads: tuple[str, ...]) -> str:
    """A household's name without «hộ», «gia đình» before it."""
    rest = piece
    while head := _head(rest, heads):
        rest = " ".join(rest.split()[len(head.split()) :])
    return rest


def several_awards(text: str, reference: ReferenceValues) -> bool:
    """Whether a cell names more than one award: pieces that are each a known one."""
    if not _is_parted(text):
        return False
    if reference.awards.get(reference.award_names.key(text)[0]) and not _LINES.search(text):
        pieces = [clean(piece) for piece in re.split(r"[;\n]|,\s", text)]
    else:
        pieces = [clean(piece) for piece in _SPLIT.split(text)]
    codes = [reference.awards.get(reference.award_names.key(piece)[0]) for piece in pieces if piece]
    return sum(code is not None for code in codes) > 1
