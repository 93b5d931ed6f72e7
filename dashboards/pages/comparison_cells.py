"""Figures of units beside each other: each with of how many it is, and a word where they are few."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from markupsafe import Markup, escape

from dashboards.figures import SMALL
from dashboards.formats import number, percent
from pipelines.sentences import text
from pipelines.text.numbers_vi import format_number

UNKNOWN = -1.0
"""What is not known sorts below all that is: so ``sort.js`` reads a cell without digits."""
_NUMBER = re.compile(r"[\d.]+(,\d+)?")


@dataclass(frozen=True)
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

    @cached_property
    def plain(self) -> str:
        """As a cell of a table."""
        return f"<td>{self._said}"

    @cached_property
    def keyed(self) -> str:
        """As a cell of a table that is sorted."""
        return f'<td data-key="{self.exact}">{self._said}' if self.exact else self.plain

    @property
    def _said(self) -> str:
        note = f" <i>{escape(self.note)}</i>" if self.note else ""
        return f"{escape(self.shown)}{note}</td>"


def cells(line: Iterable[Cell]) -> Markup:
    """The cells of a line of a table."""
    return Markup("".join([cell.plain for cell in line]))  # noqa: S704 - each cell is escaped


def keyed_cells(line: Iterable[Cell]) -> Markup:
    """The cells of a line of a table that is sorted."""
    return Markup("".join([cell.keyed for cell in line]))  # noqa: S704 - each cell is escaped


DISTINCT = 1 << 16
"""Figures remembered as they are shown: most units share theirs with others."""
NOTHING = Cell("-", UNKNOWN)


@lru_cache(maxsize=DISTINCT)
def count(value: int | None) -> Cell:
    """A count."""
    return Cell(number(value), UNKNOWN if value is None else float(value))


@lru_cache(maxsize=DISTINCT)
def rate(value: float | None, people: int | None) -> Cell:
    """Of a thousand people; a word where the people are few."""
    return NOTHING if value is None else Cell(format_number(value, 1), value, few(people))


@lru_cache(maxsize=DISTINCT)
def share(value: float | None, part: int | None, whole: int | None) -> Cell:
    """A share with its counts; a word where the whole is small."""
    if not whole or value is None:
        return NOTHING
    shown = text("comparison.share", share=percent(value), part=number(part), whole=number(whole))
    return Cell(shown, value, few(whole))


def few(whole: int | None) -> str:
    """The word for a small whole."""
    return text("comparison.few") if whole is not None and whole < SMALL else ""
