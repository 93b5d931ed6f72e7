"""Cells that hold more than one name or more than one award."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.forms.records.signature import is_person_name
from pipelines.forms.registry import Words
from pipelines.forms.values.look_up import ReferenceValues
from pipelines.text.keys import clean

_MARKS = re.compile(r"[,;\n/&+]| và |^\s*\d")
_MARKS_AMID = re.compile(r"[,;\n/&+]| và |(?:^|\0)\s*\d")
"""The same in many texts at once, put together with a NUL."""
_SPLIT = re.compile(r"[;,\n/&+]|\s+và\s+|(?:^|\s)\d{1,2}[.)]\s")
_LINES = re.compile(r"[;\n]")
_ITEM = re.compile(r"\s*(?:[-+*•]|\d{1,2}[.)])\s*\S")
_TITLES = re.compile(r"^(?:ông|bà|anh|chị|đồng chí|đ/c|đc)\.?\s+", re.IGNORECASE)


def may_name_several(texts: Iterable[object]) -> bool:
    """Whether any of some cells has a mark that could stand between two names or before one of several."""
    whole = "\0".join(text for text in texts if isinstance(text, str))
    return _MARKS_AMID.search(whole) is not None


def several_people(text: str, words: Words) -> bool:
    """Whether a cell names more than one person: pieces that are each a person's name."""
    if not _MARKS.search(text):
        return False
    pieces = [_TITLES.sub("", clean(piece)) for piece in _SPLIT.split(text)]
    return sum(is_person_name(piece, words) for piece in pieces if piece) > 1


def several_units(text: str) -> bool:
    """Whether a cell names more than one collective: lines that begin as items, or with the same word."""
    if "\n" not in text and ";" not in text:
        return False
    lines = [line.strip() for line in _LINES.split(text) if line.strip()]
    if len(lines) < 2:
        return False
    items = sum(_ITEM.match(line) is not None for line in lines)
    first = {line.split()[0].casefold() for line in lines}
    alike = len(first) == 1 and all(line[0].isupper() and len(line.split()) > 1 for line in lines)
    return items > 1 or alike


def several_awards(text: str, reference: ReferenceValues) -> bool:
    """Whether a cell names more than one award: pieces that are each a known one."""
    if not _MARKS.search(text):
        return False
    if reference.awards.get(reference.award_names.key(text)[0]) and not _LINES.search(text):
        pieces = [clean(piece) for piece in re.split(r"[;\n]|,\s", text)]
    else:
        pieces = [clean(piece) for piece in _SPLIT.split(text)]
    codes = [reference.awards.get(reference.award_names.key(piece)[0]) for piece in pieces if piece]
    return sum(code is not None for code in codes) > 1
