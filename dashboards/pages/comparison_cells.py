"""Figures of units beside each other: each with of how many it is, and a word where they are few."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboards.figures import SMALL
from dashboards.formats import number, percent
from pipelines.sentences import text
from pipelines.text.numbers_vi import format_number

UNKNOWN = -1.0
"""What is not known sorts below all that is: so ``sort.js`` reads a cell without digits."""
_NUMBER = re.compile(r"[\d.]+(,\d+)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as printed, what it is sorted by, and a word where it rests on few."""

    shown: str
    key: float
    note: str = ""

    @property
    def exact(self) -> str:
        """What it is sorted by where that is not the number ``sort.js`` reads in it; else nothing."""
        found = _NUMBER.match(self.shown)
        read = float(found[0].replace(".", "").replace(",", ".")) if found else UNKNOWN
        return "" if read == self.key else f"{self.key:.9g}"


NOTHING = Cell("-", UNKNOWN)


def count(value: int | None) -> Cell:
    """A count."""
    return Cell(number(value), UNKNOWN if value is None else float(value))


def rate(value: float | None, people: int | None) -> Cell:
    """Of a thousand people; a word where the people are few."""
    return NOTHING if value is None else Cell(format_number(value, 1), value, few(people))


def share(value: float | None, part: int | None, whole: int | None) -> Cell:
    """A share with its counts; a word where the whole is small."""
    if not whole or value is None:
        return NOTHING
    shown = text("comparison.share", share=percent(value), part=number(part), whole=number(whole))
    return Cell(shown, value, few(whole))


def few(whole: int | None) -> str:
    """The word for a small whole."""
    return text("comparison.few") if whole is not None and whole < SMALL else ""
