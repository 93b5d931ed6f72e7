"""Which decisions a decision takes back, as its articles say: all of each, or something less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipelines.forms.part import Part
from pipelines.forms.places import Place
from pipelines.forms.recognise.lines import TextLine
from pipelines.forms.records.split import Record
from pipelines.forms.values.typed import Value, document_number, first_date
from pipelines.text.keys import clean

WHOLE, IN_PART = "whole", "in_part"
LONGEST = 500
_SENTENCE = re.compile(r";|\.\s+(?=\w)")
_DECISION = re.compile(r"quyết định\s+(?:khen thưởng\s+)?số\s*[:.]?\s*", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-–+*•]|\w{1,3}[.)])\s*")


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A decision that is taken back, or words that take something back without naming a decision."""

    line: TextLine
    number: str | None = None
    day: date | None = None
    scope: str = IN_PART


def write_taken_back(part: Part, record: Record, lines: list[TextLine]) -> set[Place]:
    """Write the decisions that a document takes back, an item each; returns where it says so.

    Args:
        part: the part, of a form with ``takes_back``.
        record: its record.
        lines: of the document, its title included: where no article says anything, the title does.

    Source: docs/contract.md#forms, DOC-THUHOI.
    """
    words = _Words(part.form.data["takes_back"])
    first = next((n for n, line in enumerate(lines) if words.opens_article(line.text)), None)
    found = list(_found(lines[first:], words)) if first is not None else []
    found = found or list(_found(lines, words))
    # what goes back with the award (money, the paper itself) names no decision
    found = [one for one in found if one.number] or found[:1]
    for item, one in enumerate(found, start=1):
        said, place = clean(one.line.text)[:LONGEST], part.place(one.line.cells())
        record.set(f"{words.field}.pham_vi", Value(said, code=one.scope), place, item)
        if one.number:
            record.set(f"{words.field}.so_quyet_dinh", Value(said, text=one.number), place, item)
        if one.day:
            record.set(f"{words.field}.ngay_quyet_dinh", Value(said, day=one.day), place, item)
    return {place for one in found for place in one.line.cells()}


class _Words:
    """The words of ``takes_back`` as patterns."""

    def __init__(self, data: dict[str, Any]) -> None:
        def any_of(key: str) -> str:
            return "|".join(re.escape(word) for word in sorted(data[key], key=len, reverse=True))

        self.field: str = data["field"]
        self.verb = re.compile(rf"\b(?:{any_of('verbs')})\b", re.IGNORECASE)
        self._article = re.compile(rf"\s*(?:{any_of('articles')})\s+\d", re.IGNORECASE)
        self._whole = re.compile(rf"\s*(?:(?:{any_of('whole')})\s*)*", re.IGNORECASE)
        self._also = re.compile(rf"(?:{any_of('also')})\s*$", re.IGNORECASE)
        self._in_part = re.compile(rf"\b(?:{any_of('in_part')})\b", re.IGNORECASE)
        self._about = re.compile(rf"(?:{any_of('about')})\b", re.IGNORECASE)

    def opens_article(self, text: str) -> bool:
        """Whether a line begins an article."""
        return self._article.match(text) is not None

    def is_whole(self, before: str, sentence: str, *, first: bool) -> bool:
        """Whether all of a decision is meant, by what stands before it and beside it."""
        means_all = self._whole.fullmatch(before) if first else self._also.search(before)
        return means_all is not None and self._in_part.search(sentence) is None

    def day(self, after: str) -> date | None:
        """The day of a decision, which stands before what the decision is about."""
        return first_date(self._about.split(after)[0])


def _found(lines: list[TextLine], words: _Words) -> Iterator[TakenBack]:
    goes_on = False
    for line in lines:
        text = clean(line.text)
        if words.opens_article(text):
            goes_on = False
        if goes_on and _DECISION.match(_BULLET.sub("", text)):
            yield from _decisions(line, _BULLET.sub("", text), "", words)
            continue
        for sentence in _SENTENCE.split(text):
            verb = words.verb.search(sentence)
            if verb is None:
                continue
            named = list(_decisions(line, sentence[verb.end() :], sentence[: verb.start()], words))
            goes_on = not named and sentence.rstrip().endswith(":")
            yield from named or [TakenBack(line)]


def _decisions(line: TextLine, sentence: str, before: str, words: _Words) -> Iterator[TakenBack]:
    """The decisions a sentence names behind the verb; one that stands before it may be meant in part."""
    for named in _DECISION.finditer(before):
        yield _taken(line, before[named.end() :], words, whole=False)
    places = list(_DECISION.finditer(sentence))
    for number, named in enumerate(places):
        end = places[number + 1].start() if number + 1 < len(places) else len(sentence)
        said = sentence[places[number - 1].end() if number else 0 : named.start()]
        whole = words.is_whole(said, sentence, first=number == 0)
        if number and not whole and not words.is_whole(said, "", first=False):
            continue  # «được sửa đổi bởi Quyết định số …»: named, not taken back
        yield _taken(line, sentence[named.end() : end], words, whole=whole)


def _taken(line: TextLine, after: str, words: _Words, *, whole: bool) -> TakenBack:
    number = document_number(f"số {after[:40]}")
    return TakenBack(line, number, words.day(after), WHOLE if whole else IN_PART)
