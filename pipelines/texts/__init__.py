"""Sentences people read, kept as data: ``text(key, …)`` fills the placeholders of a sentence in vi.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml


@lru_cache(maxsize=1)
def _sentences() -> dict[str, str]:
    loaded: dict[str, str] = yaml.safe_load(Path(__file__).with_name("vi.yml").read_text("utf-8"))
    return loaded


def text(key: str, **values: object) -> str:
    """The Vietnamese sentence of a key with its placeholders filled.

    Args:
        key: a key of vi.yml.
        values: one value per placeholder of the sentence.

    Raises:
        KeyError: for an unknown key or a placeholder without value.
    """
    return _sentences()[key].format_map(values)
