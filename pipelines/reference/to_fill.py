"""What somebody still has to fill in: ``ĐIỀN`` and its kin, wherever they stand in a file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.reference.models.base import TO_FILL
from pipelines.reference.places import ID_KEYS
from pipelines.reference.yaml_lines import LineDict, LineList

_WHOLE = re.compile(
    r"\W*(điền( sau| vào)?|chưa điền|bổ sung sau|todo|tbd|x{3,}|\.{2,}|…+|\?{2,}|_{2,})\W*", re.IGNORECASE
)
"""A value that is nothing but a mark of what is to come."""
_WITHIN = re.compile(rf"(?<!\w){TO_FILL}(?!\w)")


def is_to_fill(value: object) -> bool:
    """Whether a text stands for one that is to be written; «ĐIỀN KINH» among capitals is a word."""
    if not isinstance(value, str) or not value.strip():
        return False
    return bool(_WHOLE.fullmatch(value.strip())) or bool(
        _WITHIN.search(value) and any(letter.islower() for letter in value)
    )


def to_fill(data: Any) -> Iterator[tuple[int, str]]:
    """Line and sentence of everything left open; what stands on one line is told once.

    Args:
        data: as ``read_yaml`` gave it.
    """
    found: defaultdict[tuple[int, str], dict[str, str]] = defaultdict(dict)
    for line, owner, key, value in _texts(data, ""):
        if is_to_fill(value):
            found[line, owner][key] = value
    for (line, owner), keys in found.items():
        yield line, said(owner, keys)


def said(owner: str, keys: Mapping[str, str]) -> str:
    """The sentence of what is left open at one place.

    Args:
        owner: the id of what it belongs to; empty: of the whole file.
        keys: by key what stands there.
    """
    named = ", ".join(f"«{key}»" for key in keys)
    marks = ", ".join(dict.fromkeys(f"«{value.strip()}»" for value in keys.values()))
    return f"{owner + ': ' if owner else ''}{named} chưa điền, còn ghi {marks}; ghi đúng như văn bản"


def _texts(data: Any, owner: str, key: str = "") -> Iterator[tuple[int, str, str, str]]:
    """Line, owner, key and text of every scalar; keys too."""
    if isinstance(data, LineDict):
        owner = next((str(data[name]) for name in ID_KEYS if name in data), owner)
        for name, value in data.items():
            if isinstance(value, str):
                yield data.lines[name], owner, name, value
            else:
                yield from _texts(value, owner, name)
    elif isinstance(data, LineList):
        for value, line in zip(data, data.lines, strict=True):
            if isinstance(value, str):
                yield line, owner, key, value
            else:
                yield from _texts(value, owner, key)
