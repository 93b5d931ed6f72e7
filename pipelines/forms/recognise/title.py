"""The title above a table or at the head of a document: its words, its year, the decision it comes with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.forms.recognise.labels import has_phrase, starts_with, words_key
from pipelines.forms.registry import Words
from pipelines.inbox.document import Grid
from pipelines.text.dates_vi import find_dates
from pipelines.text.keys import clean

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_RANGE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*(?:[-–—]|đến(?:\s+năm)?)\s*((?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_YEAR_ALONE = re.compile(r"\(\s*năm\s+((?:19|20)\d\d)\s*\)", re.IGNORECASE)
_NUMBER = re.compile(r"\s*[:.]?\s*(\d[^\s,;)]*)")
_ITEM = re.compile(r"[-–+*•]|[IVX]{1,4}[.)/]|\d{1,2}[.)/]|[a-zđ][.)]|[^“\"«]*:")
"""How lines of the body begin that follow a document's title: a bullet, a number, a label with a colon."""
MOST_LINES = 6
LONGEST_LINE = 300
LONGEST_AFTER = 160
MOST_WEAK_WORDS = 4
"""A line as short as ``Năm 2023`` goes on with the title, a sentence that begins so does not."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title; ``key`` is what phrases are looked for in."""

    text: str = ""
    key: str = ""
    year: int | None = None
    decision_no: str | None = None
    decision_date: date | None = None
    repaired: bool = False
    """Whether a known misreading was set right in the key."""
    first: int = 0
    end: int = 0
    """The lines it stands on: ``first`` to before ``end``."""
    list_key: str = ""
    """What tells awards from proposals: the title with the lines in brackets below it and what stands in text
    boxes and page headers, without phrases such as ``theo đề nghị của``."""


def single_year(text: str) -> int | None:
    """The one year a text names: a range ``2016 - 2020`` is none, two different years are none."""
    years = set(_YEAR.findall(_RANGE.sub(" ", text)))
    return int(years.pop()) if len(years) == 1 else None


def find_decision(text: str, words: Words) -> tuple[str | None, date | None]:
    """Number and date of the decision a title names: ``(Kèm theo Quyết định số … ngày …)``.

    Source: docs/contract.md#values, the year of an award.
    """
    lowered = text.casefold()
    for phrase in words.decision:
        at = lowered.find(phrase)
        if at < 0:
            continue
        rest = text[at + len(phrase) :]
        number = _NUMBER.match(rest)
        day = next((reading.day for reading in find_dates(rest) if reading.day), None)
        return (number.group(1).rstrip(".") if number else None), day
    return None, None


def _first_line(texts: list[str], keys: list[str], words: Words, *, earliest: bool) -> int | None:
    """The line a title begins at: lines in capitals before others, the earliest or the last of them."""
    starts = [
        number
        for number, key in enumerate(keys)
        if 0 < len(texts[number]) <= LONGEST_LINE and starts_with(key, words.title_starts)
    ]
    loud = [number for number in starts if " ".join(texts[number].split()[:2]).isupper()]
    starts = loud or starts
    if not starts:
        return None
    if earliest:
        return starts[0]
    first = starts[-1]
    while first - 1 in starts:
        first -= 1
    return first


def make_title(
    lines: Sequence[str], words: Words, *, earliest: bool = False, beside: Sequence[str] = ()
) -> Title:
    """Make the title from the lines above a table, or from the first lines of a document.

    Args:
        lines: top to bottom.
        words: the catalogue's words.
        earliest: the title of a document is its first one; that of a table the nearest above it.
        beside: what stands outside the cells: text boxes, page and print headers; a title may be there.

    Returns:
        The title: from a line that starts with a title word to the first line that stops it. Lines in
        brackets are no title but may name the year or the decision. Without a title word the lines above a
        table are it.
    """
    texts = [clean(line) for line in (*beside, *lines)]
    keys = [words_key(words.with_marks(text)) for text in texts]
    first = _first_line(texts, keys, words, earliest=earliest)
    if first is None and earliest:
        return Title()
    taken: list[str] = []
    end = first or 0
    for number in range(first or 0, min(len(texts), (first or 0) + MOST_LINES)):
        text, key = texts[number], keys[number]
        longest = LONGEST_AFTER if earliest and taken else LONGEST_LINE
        stops = starts_with(key, words.title_stops) or len(text) > longest
        if earliest and taken:
            ends = text.endswith(".") and not text.endswith("..")
            sentence = len(key.split()) > MOST_WEAK_WORDS and not text.isupper()
            weak = len(taken) > 1 and sentence and starts_with(key, words.title_weak_stops)
            item = _ITEM.match(text) and not starts_with(key, words.subject_starts)  # «V/v» is no item V
            stops = stops or ends or weak or bool(item)
        if stops:
            if taken:
                break
            continue
        if not key or text.startswith("(") or any(has_phrase(key, phrase) for phrase in words.furniture):
            continue
        taken.append(text)
        end = number + 1
    title = " ".join(taken)
    below = texts[end : end + 3] if earliest else texts[end:]
    year = single_year(title)
    if year is None:
        year = next((int(found[1]) for text in below if (found := _YEAR_ALONE.fullmatch(text))), None)
    number_, day = find_decision(" ".join(texts[: end + 3] if earliest else texts), words)
    key = words_key(words.with_marks(title))
    repaired = words.repair(key)
    said = [each for each in keys[: len(beside)] if starts_with(each, words.title_starts)]
    list_key = words.list_key(" ".join([*said, *keys[max(first or 0, len(beside)) :]]))
    return Title(title, repaired, year, number_, day, repaired != key, first or 0, end, list_key)


def lines_above(grid: Grid, row: int) -> list[str]:
    """The texts above a row of a grid, cell by cell."""
    return [
        part
        for values in grid.rows[:row]
        for value in values
        if isinstance(value, str)
        for part in value.splitlines()
        if part.strip()
    ]
