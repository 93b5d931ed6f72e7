"""Header cells that nearly are a label: misspelt, abbreviated, longer. They are told, not taken."""

from __future__ import annotations

from difflib import SequenceMatcher

from pipelines.forms.form import TableLayout
from pipelines.forms.recognise.labels import has_phrase, misspellings
from pipelines.forms.tables.header_text import plain_key

LEAST_WORDS = 2
"""Words of a label that make a longer header resemble it."""
ALIKE = 0.86
"""Share of letters in common from which on a header resembles a label."""


def near_labels(
    layout: TableLayout, keys: tuple[tuple[str, ...], ...], found: set[str], extras: list[int]
) -> list[tuple[int, str]]:
    """Columns of the unit's own that resemble a label of a field that no column was taken for.

    Args:
        layout: the table.
        keys: the keys that the lowest header cell of each column may be known by.
        found: the fields that have a column.
        extras: the columns of the unit's own.
    """
    missing = [
        (label, column)
        for column in layout.columns
        if column.id not in found and column.type != "ordinal"
        for label in column.keys
    ]
    taken = [key for column in layout.columns if column.id in found for key in column.keys]
    near: list[tuple[int, str]] = []
    for number in extras:
        named = (
            column.label
            for key in keys[number]
            for label, column in missing
            if _resembles(key, label, more=any(has_phrase(key, other) for other in taken))
        )
        if label := next(named, None):
            near.append((number, label))
    return near


def _resembles(key: str, label: str, *, more: bool) -> bool:
    """Whether a header resembles a label; ``more``: a label that was taken stands in it too.

    «Số quyết định của đơn vị» beside the column of the number.
    """
    size = len(label.split())
    within = not more and size >= LEAST_WORDS and key.startswith(f"{label} ")
    begins = " ".join(key.split()[:size]) if size >= LEAST_WORDS and not more else key
    spelt = any(_alike(plain_key(each), plain_key(label)) for each in {key, begins})
    return within or _abbreviates(key, label) or spelt


def _abbreviates(key: str, label: str) -> bool:
    """Whether a header is a label with words replaced by their first letters: ``ĐVCT``, ``Phân loại ĐT``."""
    words, short = label.split(), False
    for token in key.split():
        if words and words[0] == token:
            words = words[1:]
            continue
        letters = "".join(word[0] for word in words[: len(token)])
        if token != letters:
            return False
        words, short = words[len(token) :], True
    return short and not words


def _alike(key: str, label: str) -> bool:
    """Whether a header is a label but for some letters."""
    swapped = abs(len(key) - len(label)) <= 1 and key in misspellings(label)
    return swapped or SequenceMatcher(None, key, label).ratio() >= ALIKE
