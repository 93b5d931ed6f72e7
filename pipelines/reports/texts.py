"""The reports' sentences and words, kept as data in texts.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("texts.yml").read_text("utf-8"))
    return loaded


def text(key: str, **values: object) -> str:
    """The Vietnamese sentence of a key with its placeholders filled.

    Args:
        key: a key of texts.yml.
        values: one value per placeholder.

    Raises:
        KeyError: for an unknown key or a placeholder without value.
    """
    return str(_data()[key]).format_map(values)


def listed(key: str) -> list[str]:
    """A list of words of texts.yml."""
    return list(_data()[key])


def mapping(key: str) -> dict[str, str]:
    """A mapping of codes to words."""
    return dict(_data()[key])


def named(key: str, code: str | None) -> str | None:
    """The word for a code in a mapping of texts.yml, or None."""
    found = _data()[key].get(code)
    return None if found is None else str(found)
