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
    layout: TableLayout, leaves: tuple[str, ...], found: set[str], extras: list[int]
) -> list[tuple[int, str]]:
    """Columns of the unit's own that resemble a label of a field that no column was taken for.

    Args:
        layout: the table.
        leaves: the words of the lowest header cell of each column.
        found: the fields that have a column.
        extras: the columns of the unit's own.
    """
    missing = [(key, column) for column in layout.columns if column.id not in found for key in column.keys]
    taken = [key for column in layout.columns if column.id in found for key in column.keys]
    near: list[tuple[int, str]] = []
    for number in extras:
        key = leaves[number]
        more = any(has_phrase(key, label) for label in taken)  # «Số quyết định của đơn vị» beside the number
        for label, column in missing:
            if column.type == "ordinal":
                continue
            size = len(label.split())
            within = not more and size >= LEAST_WORDS and key.startswith(f"{label} ")
            begins = " ".join(key.split()[:size]) if size >= LEAST_WORDS and not more else key
            spelt = any(_alike(plain_key(each), plain_key(label)) for each in {key, begins})
            if within or _abbreviates(key, label) or spelt:
                near.append((number, column.label))
                break
    return near


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
