"""One answer of the doctor, and how bad it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipelines.common.yaml_files import read_plain
from pipelines.sentences import text

GOOD, LACK, BAD = "good", "lack", "bad"
"""Fine; something is done without (pictures, mail); nights do not work."""


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it is, what to do about it."""

    name: str
    state: str
    words: str
    do: str = ""


@lru_cache(maxsize=1)
def needs() -> dict[str, Any]:
    """doctor.yml."""
    loaded: dict[str, Any] = read_plain(Path(__file__).with_name("doctor.yml"))
    return loaded


def answer(name: str, fine: bool, otherwise: str, /, **values: object) -> Check:
    """A check whose sentences are ``doctor.<name>.good``, ``.bad`` and ``.do`` of the texts.

    Args:
        name: of the check.
        fine: whether all is well.
        otherwise: LACK or BAD, when it is not.
        values: for the placeholders.
    """
    if fine:
        return Check(name, GOOD, text(f"doctor.{name}.good", **values))
    return Check(name, otherwise, text(f"doctor.{name}.bad", **values), text(f"doctor.{name}.do", **values))
