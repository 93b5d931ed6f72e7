"""The title above a table or at the head of a document: its words, its year, the decision it comes with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipelines.forms.labels import has_phrase, starts_with, words_key
from pipelines.forms.registry import Words
from pipelines.inbox.document import Grid
from pipelines.text.keys import clean

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)(?!\d)")
_NUMBER = re.compile(r"\s*[:.]?\s*(\d[^\s,;)]*)")
_DAY = re.compile(r"(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*((?:19|20)\d\d)", re.IGNORECASE)
MOST_LINES = 6
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Title:
    """A title; ``key`` is what phrases are looked for in."""

    text: str = ""
    key: str = ""
    year: int | None = None
    decision_no: str | None = None
    decision_date: date | None = None


def single_year(text: str) -> int | None:
    """The one year a text names: a range ``2016 - 2020`` is none, two different years are none."""
    years = set(_YEAR.findall(_RANGE.sub(" ", text)))
    return int(years.pop()) if len(years) == 1 else None


def find_date(text: str) -> date | None:
    """The first full date written in a text, e.g. ``ngày 5 tháng 7 năm 2021``; ``None`` if it is no date."""
    found = _DAY.search(text)
    if not found:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_decision(text: str, words: Words) -> tuple[str | None, date | None]:
    """Number and date of the decision a title names: ``(Kèm theo Quyết định số … ngày …)``.

    Source: CONTRACT section 2, «Values», the year of an award.
    """
    lowered = text.casefold()
    for phrase in words.decision:
        at = lowered.find(phrase)
        if at < 0:
            continue
        rest = text[at + len(phrase) :]
        number = _NUMBER.match(rest)
        return (number.group(1).rstrip(".") if number else None), find_date(rest)
    return None, None


def make_title(lines: Iterable[str], words: Words) -> Title:
    """Make the title from the lines above a table or at the head of a document, top to bottom.

    The title begins at the last line that starts with a title word and ends at the first line that stops it;
    lines in brackets are no title but may name the decision.
    """
    texts = [clean(line) for line in lines]
    texts = [text for text in texts if text]
    keys = [words_key(text) for text in texts]
    starts = [
        number
        for number, key in enumerate(keys)
        if len(texts[number]) <= LONGEST_LINE and starts_with(key, words.title_starts)
    ]
    loud = [number for number in starts if " ".join(texts[number].split()[:2]).isupper()]
    starts = loud or starts
    first = starts[-1] if starts else 0
    while first - 1 in starts:
        first -= 1
    taken: list[str] = []
    for text, key in zip(texts[first : first + MOST_LINES], keys[first:], strict=False):
        if starts_with(key, words.title_stops) or len(text) > LONGEST_LINE:
            if taken:
                break
            continue
        if text.startswith("(") or any(has_phrase(key, phrase) for phrase in words.furniture):
            continue
        taken.append(text)
    title = " ".join(taken)
    number, day = find_decision(" ".join(texts), words)
    return Title(title, words_key(title), single_year(title), number, day)


def lines_above(grid: Grid, row: int) -> list[str]:
    """The texts above a row of a grid, one line for each row; side-by-side cells stay apart lines."""
    lines: list[str] = []
    for values in grid.rows[:row]:
        lines.extend(
            part for value in values if isinstance(value, str) for part in value.splitlines() if part.strip()
        )
    return lines
