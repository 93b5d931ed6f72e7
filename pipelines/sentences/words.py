"""Small pieces of Vietnamese: counts, first letters, lists of names."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.sentences import listed, text
from pipelines.text.numbers_vi import format_number


def count(number: int) -> str:
    """``02``, ``15``, ``1.204``: counts under ten carry a zero in letters (Nghị định 30/2020/NĐ-CP)."""
    return f"{number:02d}" if number < 10 else format_number(number)


def lowered(sentence: str) -> str:
    """The sentence to go on after a colon: its first letter small, unless a name begins it."""
    first = sentence.split(" ", 1)[0].rstrip(",:;")
    keeps = first in listed("proper_words") or first[1:] != first[1:].lower()
    return sentence if keeps else sentence[:1].lower() + sentence[1:]


def raised(sentence: str) -> str:
    """The sentence with a capital first letter."""
    return sentence[:1].upper() + sentence[1:]


def joined(parts: Sequence[str]) -> str:
    """``a, b và c``."""
    return parts[0] if len(parts) == 1 else text("and", left=", ".join(parts[:-1]), right=parts[-1])
