"""What running text says in words: awards with their decisions, ratings with their years, figures reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipelines.forms.records.label_lines import Token, tokens_of
from pipelines.forms.registry import Words
from pipelines.forms.values.look_up import ReferenceValues
from pipelines.forms.values.typed import document_number, first_date
from pipelines.text.numbers_vi import NumberProblem, parse_number

_CLAUSE = re.compile(r"[;\n]|\.(?=\s|$)")
_YEAR_SPAN = re.compile(
    r"(?<![\d/.\-])((?:19|20)\d\d)(?:\s*(?:[-–—]|đến(?:\s+(?:hết\s+)?năm)?)\s*((?:19|20)\d\d))?(?![\d/])"
)
_FIGURE = re.compile(r"(?<![\w/.,\-])(\d[\d.]*(?:,\d+)?)\s*(%|[^\W\d_]+)?(?![/\-]\d)")
MOST_FIGURES = 50


@dataclass(frozen=True, slots=True)
class AwardMention:
    """An award named in a line, with what the same line says of its decision."""

    text: str
    award_code: str | None
    decision_no: str | None
    decision_date: date | None
    year: int | None


@dataclass(frozen=True, slots=True)
class RatingMention:
    """A rating of one year."""

    text: str
    code: str
    year: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit."""

    text: str
    number: float


def _clauses(text: str, pattern: re.Pattern[str]) -> list[str]:
    return [part.strip() for part in pattern.split(text) if part.strip()]


def _phrases(
    tokens: list[Token], table: dict[tuple[str, ...], str], longest: int
) -> Iterator[tuple[int, int, str]]:
    """Longest phrases of a table in a text: first token, end, code."""
    keys = [token.key for token in tokens]
    at = 0
    while at < len(keys):
        for length in range(min(longest, len(keys) - at), 0, -1):
            code = table.get(tuple(keys[at : at + length]))
            if code:
                yield at, at + length, code
                at += length
                break
        else:
            at += 1


def years_in(text: str) -> list[int]:
    """The years a text names; a span ``2021 - 2023`` or ``2021 đến năm 2023`` names each of its years."""
    years: list[int] = []
    for found in _YEAR_SPAN.finditer(text):
        first = int(found[1])
        last = int(found[2]) if found[2] else first
        years.extend(range(first, last + 1) if first <= last <= first + 10 else [first])
    return years


def award_mentions(text: str, reference: ReferenceValues) -> list[AwardMention]:
    """The awards a text names, line by line; ``;`` parts lines too.

    A line with a decision but no known award is kept without a code.

    Source: docs/contract.md#which-rules-fire: decision number and date in the same line.
    """
    found = []
    for line in _clauses(text, re.compile(r"[;\n]")):
        tokens = tokens_of(line)
        codes = [code for _, _, code in _phrases(tokens, reference.award_phrases, reference.longest_award)]
        number, day = document_number(line), first_date(line)
        years = years_in(line)
        year = day.year if day and not years else (years[0] if len(set(years)) == 1 else None)
        if year is None and day:
            year = day.year
        named: list[str | None] = [*codes] or ([None] if number else [])
        for code in named:
            found.append(AwardMention(line, code, number, day, year))
    return found


def rating_mentions(text: str, reference: ReferenceValues) -> list[RatingMention]:
    """The ratings a text names, with the years before them in their clause, else those after them."""
    found: list[RatingMention] = []
    for clause in _clauses(text, _CLAUSE):
        tokens = tokens_of(clause)
        hits = list(_phrases(tokens, reference.rating_phrases, reference.longest_rating))
        start = 0
        for number, (first, end, code) in enumerate(hits):
            stop = tokens[hits[number + 1][0]].start if number + 1 < len(hits) else len(clause)
            years = years_in(clause[start : tokens[first].start]) or years_in(
                clause[tokens[end - 1].end : stop]
            )
            found.extend(RatingMention(clause, code, year) for year in dict.fromkeys(years))
            start = tokens[end - 1].end
    return found


def figures(text: str, words: Words) -> list[Figure]:
    """The figures a text gives: numbers that are no year, date, article or document number."""
    found: list[Figure] = []
    for line, hit in ((each, hit) for each in text.splitlines() for hit in _FIGURE.finditer(each)):
        before = tokens_of(line[max(0, hit.start() - 20) : hit.start()])
        unit = hit[2] or ""
        is_year = re.fullmatch(r"(?:19|20)\d\d", hit[1]) is not None
        if (before and before[-1].key in words.not_figures) or (is_year and unit != "%"):
            continue
        try:
            number = parse_number(hit[1].rstrip("."))
        except NumberProblem:
            continue
        found.append(Figure(line[max(0, hit.start() - 40) : hit.end() + 20].strip(), float(number)))
        if len(found) == MOST_FIGURES:
            break
    return found
