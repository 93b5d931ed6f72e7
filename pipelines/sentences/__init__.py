"""Sentences people read, kept as data: ``text(key, …)`` fills the placeholders of a sentence.

They lie in the .yml files beside this one; a key is in one of them only. Words of findings are composed in
``finding``, counts, days and names in ``words``.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from pipelines.common.yaml_files import read_plain


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted(Path(__file__).parent.glob("*.yml")):
        loaded: dict[str, Any] = read_plain(path)
        twice = found.keys() & loaded.keys()
        if twice:
            raise ValueError(f"{path.name}: {sorted(twice)} is in another file too")
        found |= loaded
    return found


def text(key: str, /, **values: object) -> str:
    """The Vietnamese sentence of a key with its placeholders filled.

    Args:
        key: of the sentence.
        values: one value per placeholder of the sentence.

    Raises:
        KeyError: for an unknown key or a placeholder without value.
    """
    return str(_data()[key]).format_map(values)


def has(key: str) -> bool:
    """Whether there is such a sentence."""
    return key in _data()


def listed(key: str) -> list[str]:
    """The list of words of a key."""
    return list(_data()[key])


def named(key: str, code: str | None) -> str | None:
    """The word for a code in the mapping of a key, or None."""
    found = _data()[key].get(code)
    return None if found is None else str(found)
