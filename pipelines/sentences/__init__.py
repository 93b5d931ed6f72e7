"""Sentences people read, kept as data: ``text(key, …)`` fills the placeholders of a sentence.

They lie in the .yml files beside this one; a key is in one of them only.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml


@lru_cache(maxsize=1)
def _sentences() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(Path(__file__).parent.glob("*.yml")):
        loaded: dict[str, str] = yaml.safe_load(path.read_text("utf-8"))
        twice = found.keys() & loaded.keys()
        if twice:
            raise ValueError(f"{path.name}: {sorted(twice)} is in another file too")
        found |= loaded
    return found


def text(key: str, **values: object) -> str:
    """The Vietnamese sentence of a key with its placeholders filled.

    Args:
        key: of the sentence.
        values: one value per placeholder of the sentence.

    Raises:
        KeyError: for an unknown key or a placeholder without value.
    """
    return _sentences()[key].format_map(values)


def has_text(key: str) -> bool:
    """Whether there is a sentence of this key."""
    return key in _sentences()
