"""Small pieces of Vietnamese: counts, days, first letters, lists of names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipelines.sentences import listed, text
from pipelines.text.numbers_vi import format_number


def count(number: int) -> str:
    """``02``, ``15``, ``1.204``: counts under ten carry a zero in letters (Nghị định 30/2020/NĐ-CP)."""
    return f"{number:02d}" if number < 10 else format_number(number)


def day(value: date) -> str:
    """``04/6/2020``: days under 10 and months 1 and 2 carry a zero, as in official letters."""
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"{value.day:02d}/{month}/{value.year}"


def full_day(value: date) -> str:
    """``04/06/2020`` for screens, mails and tables."""
    return value.strftime("%d/%m/%Y")


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
