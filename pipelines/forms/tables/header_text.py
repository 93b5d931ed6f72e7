"""Header cells as labels: numbers, notes in brackets and lost diacritics do not hide a column."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.forms.recognise.labels import words_key
from pipelines.text.keys import clean, search_key

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_EDGE_NUMBERS = re.compile(r"^(?:cột |mục )?(?:\d{1,2}|[ivx]{1,4}|[a-h]) | (?:\d{1,2}|[ivx]{1,4})$")
CLOSING = ")]}"
LONGEST = 200


@lru_cache(maxsize=16_384)
def label_keys(text: str) -> tuple[str, ...]:
    """The keys a header cell may be known by, the surest first.

    Args:
        text: the cell or the cells above a column.

    Returns:
        Its words; without notes in brackets; without the number before or after them.
    """
    if len(text) > LONGEST:
        return (words_key(text),)
    key = words_key(text)
    bare = words_key(_BRACKETS.sub(" ", clean(text)))
    found = [key, bare, *(_EDGE_NUMBERS.sub("", each).strip() for each in (key, bare))]
    return tuple(dict.fromkeys(each for each in found if each))


@lru_cache(maxsize=16_384)
def plain_key(text: str) -> str:
    """A label without diacritics: how it is compared where a whole header was typed without them."""
    return " ".join(search_key(word) for word in words_key(text).split())


def is_plain(texts: tuple[str, ...]) -> bool:
    """Whether a header was typed without any diacritics."""
    return all(text.isascii() for text in texts) and sum(len(text) > 1 for text in texts) > 1
