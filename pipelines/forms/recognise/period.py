"""The period a report is about, read from its title: a whole year, a part of one, or a phase of years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from pipelines.forms.recognise.labels import words_key
from pipelines.text.dates_vi import find_dates

Kind = Literal["year", "phase", "part"]
_PHASE = re.compile(
    r"(?<!\d)(?:19|20)\d\d\s*(?:[-–—]|đến(?:\s+năm)?|tới)\s*(?:19|20)\d\d(?!\d)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Period:
    """What a title says of the time a report covers."""

    kinds: frozenset[Kind] = frozenset()
    """Every kind of period it names; ``năm 2023 … giai đoạn 2021 - 2025`` has two."""
    year: int | None = None
    """The one whole year it is about."""

    @property
    def is_part(self) -> bool:
        """Whether the report covers a month, a quarter or some months only."""
        return self.kinds == {"part"}

    @property
    def is_year(self) -> bool:
        """Whether the report covers a whole year."""
        return "year" in self.kinds


ANY_TIME = Period()


class Periods:
    """Reads periods by the phrases of ``words.yml``."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Prepare the phrases.

        Args:
            data: ``holes`` (name -> what may stand there), ``ahead`` (from here on a title speaks of plans),
                ``many`` (several years), ``part`` (less than a year) and ``year``; ``{name}`` is a hole.
        """
        holes = {name: "|".join(map(str, texts)) for name, texts in data["holes"].items()}

        def pattern(name: str) -> re.Pattern[str]:
            texts = "|".join(_phrase(text, holes) for text in data[name])
            return re.compile(rf"(?<!\w)(?:{texts})(?!\w)")

        self._ahead, self._many = pattern("ahead"), pattern("many")
        self._part, self._year = pattern("part"), pattern("year")

    def read(self, title: str) -> Period:
        """The period of a title; dates of other papers in it (``Kết luận … ngày 18/5/2021``) are none."""
        for reading in find_dates(title):
            if reading.day:
                title = title.replace(reading.text, " ")
        kinds: set[Kind] = {"phase"} if _PHASE.search(title) else set()
        key = words_key(_PHASE.sub(" ", title))
        done = self._ahead.split(key, maxsplit=1)[0]
        if not (kinds or self._part.search(done) or self._year.search(done)):
            done = key
        rest = self._part.sub(" ", done)
        if rest != done:
            kinds.add("part")
        rest = self._many.sub(" ", rest)
        years = {int(year) for year in _YEAR.findall(rest)}
        if years or self._year.search(rest):
            kinds.add("year")
        return Period(frozenset(kinds), years.pop() if len(years) == 1 else None)


def _phrase(text: str, holes: Mapping[str, str]) -> str:
    """The pattern of a phrase on the words key, its holes filled."""
    parts = _HOLE.split(str(text))
    for place, part in enumerate(parts):
        if place % 2:
            parts[place] = f"(?:{holes[part]})"
        else:
            ends = part[:1] == " ", part[-1:] == " " and bool(part.strip())
            parts[place] = " " * ends[0] + words_key(part) + " " * ends[1]
    return "".join(parts)


@lru_cache(maxsize=4096)
def period_of(periods: Periods, title: str) -> Period:
    """The period of a title, remembered."""
    return periods.read(title)
