"""Sentences and words of the pages, from texts.yml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _texts() -> dict[str, str]:
    loaded: dict[str, str] = yaml.safe_load(Path(__file__).with_name("texts.yml").read_text("utf-8"))
    return loaded


def text(key: str, /, **values: Any) -> str:
    """A sentence with its values filled in.

    Raises:
        KeyError: no such sentence, or a value it needs is not given.
    """
    return _texts()[key].format(**values)


def has(key: str) -> bool:
    """Whether there is such a sentence."""
    return key in _texts()
