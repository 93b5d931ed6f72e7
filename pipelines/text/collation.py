"""The order of a Vietnamese list: a ă â b c d đ e ê …, then tones, numbers by their value.

Letters and tones (ngang, huyền, hỏi, ngã, sắc, nặng) stand in the order of Vietnamese dictionaries.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pipelines.text.keys import clean
from pipelines.text.memo import Memo

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {letter: place for place, letter in enumerate(_LETTERS, start=1)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_WORDS = re.compile(r"\d+|[^\W\d_]+")
SortKey = tuple[tuple[tuple[int, ...], ...], tuple[int, ...], str]


def collation_key(text: str) -> SortKey:
    """What Vietnamese names are sorted by.

    Args:
        text: a name as written.

    Returns:
        Words letter by letter, then tones from the left, then the text itself, so that the order is total.
    """
    return _KEYS[text]


def in_order(names: Iterable[str]) -> dict[str, int]:
    """The place of each name in their order: long lists compare numbers then, names only once."""
    return {name: place for place, name in enumerate(sorted(set(names), key=collation_key))}


def _collation_key(text: str) -> SortKey:
    words: list[tuple[int, ...]] = []
    tones: list[int] = []
    for word in _WORDS.findall(clean(text).casefold()):
        if word[0].isdecimal():
            words.append((0, int(word[:18])))
            continue
        letters: list[int] = []
        for letter in word:
            place, tone = _PLACES[letter]
            letters.append(place)
            tones.append(tone)
        words.append(tuple(letters))
    return tuple(words), tuple(tones), text


def _place(letter: str) -> tuple[int, int]:
    """The places of a letter without its tone, and of the tone."""
    marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in _TONES), "")
    base = unicodedata.normalize("NFC", marks.replace(tone, "", 1) if tone else marks)[0]
    return _PLACE.get(base, len(_LETTERS) + 1 + ord(base)), _TONES.get(tone, 0)


_KEYS, _PLACES = Memo(_collation_key), Memo(_place)
