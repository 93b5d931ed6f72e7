"""A finding in words: subject, fact and fix are made once from a rule and its values; the rest composes them.

«Nguyễn Văn A» + «chưa ghi nhóm đối tượng» + «ghi một nhóm, ví dụ Nông dân» make the line of a page, a mail,
a letter, a workbook's row, a comment, a line of the terminal. Nothing is cut out of a sentence again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter
from typing import Any, Generic, TypeVar

from pipelines.sentences import text
from pipelines.sentences.words import lowered, raised

YEARS = "{years}"
"""Stands for the years of a fact that holds for several."""
_YEAR = re.compile(r"(?:19|20)\d\d")
OF, END = ": ", "."
"""What stands between a subject and its fact, and behind them."""
UNKNOWN = "…"
"""Stands where a sentence names a value that nobody gave."""
SAID_BY = "said_by"
"""Key of a verdict's params: the rule whose words are used, where another rule's id is shown."""
_FORMAT = Formatter()
Said = TypeVar("Said", bound=Hashable)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class RuleWords:
    """What a rule says: «chưa có {so} …», and how it is mended; {names} are filled in."""

    fact: str
    fix: str

    @classmethod
    def of(cls, short: str | None, message: str | None, fix: str | None) -> RuleWords:
        """From the columns of ``ref.rules``: the short fact, else the whole sentence as a fact."""
        fact = short or lowered((message or "").strip().removesuffix("."))
        return cls(fact, (fix or "").strip().removesuffix("."))


@dataclass(frozen=True, slots=True)
class Words:
    """A finding's words; none of them has a full stop."""

    subject: str | None
    """«Cả 12 dòng», «Mẫu 02, dòng …», where the values say whom it is about; else None."""
    fact: str
    fix: str
    values: str
    """JSON: name → value, exactly as fact, fix or subject print it."""
    fact_of_years: str | None = None
    """The fact with ``YEARS`` where it names its year; None for a fact that is not of one year."""
    year: int | None = None


class Speaker:
    """Fills the words of rules with the values of verdicts; equal ones are filled once."""

    def __init__(
        self,
        rules: Mapping[str, RuleWords],
        details: Mapping[str, str],
        subjects: Mapping[str, str],
        years: Collection[str] = (),
    ) -> None:
        """Take the words; a detail whose value the fact prints already is not repeated.

        Args:
            rules: by rule id.
            details: name of a value → what is put in brackets after the fact, unless the fact says it.
            subjects: name of a value → whom the finding is about, where all the label's values are given.
            years: names of values that are a year.
        """
        self._rules, self._details, self._subjects, self._years = rules, details, subjects, years
        self._said: dict[tuple[str, str | None], Words] = {}

    def say(self, rule_id: str, params: str | None) -> Words:
        """The words of one verdict.

        Args:
            rule_id: a rule of the reference data.
            params: JSON object of values as they are to be printed; empty ones are not told.

        Raises:
            KeyError: the rule has no words.
        """
        key = (rule_id, params)
        if key not in self._said:
            self._said[key] = self._filled(rule_id, json.loads(params) if params else {})
        return self._said[key]

    def _filled(self, rule_id: str, params: dict[str, Any]) -> Words:
        printed = {name: str(value) for name, value in params.items() if value is not None}
        given = {name: value for name, value in printed.items() if value}
        rule = self._rules[given.pop(SAID_BY, rule_id)]
        in_fact, in_fix = names_in(rule.fact), names_in(rule.fix)
        said = {given.get(name) for name in in_fact}
        details = {
            name: label
            for name, label in self._details.items()
            if name in given and name not in in_fact and given[name] not in said
        }
        subject = next(
            (label for name, label in self._subjects.items() if {name, *names_in(label)} <= given.keys()), ""
        )
        in_details = {name for label in details.values() for name in names_in(label)}
        told = in_fact | in_details | in_fix | names_in(subject)
        in_words = in_fact | in_details
        years = [name for name in in_words & {*self._years} if _YEAR.fullmatch(given.get(name, ""))]
        year = years[0] if len(years) == 1 and years[0] not in in_fix else None
        return Words(
            subject=filled(subject, given) or None,
            fact=_fact(rule.fact, details.values(), printed),
            fix=filled(rule.fix, printed),
            fact_of_years=_fact(rule.fact, details.values(), printed | {year: YEARS}) if year else None,
            year=int(given[year]) if year else None,
            values=json.dumps(
                {name: given[name] for name in sorted(told & given.keys())}, ensure_ascii=False
            ),
        )


def _fact(words: str, details: Iterable[str], printed: Mapping[str, str]) -> str:
    """The fact, and in brackets what is told beside it."""
    given = {name: value for name, value in printed.items() if value}
    brackets = "; ".join(filled(label, given) for label in details)
    fact = filled(words, printed).removesuffix(".")  # a value may be a sentence itself
    return f"{fact} ({brackets})" if brackets else fact


def of_years(fact: str, years: Iterable[int]) -> str:
    """What holds for several years, in one sentence that names them.

    Args:
        fact: with ``YEARS`` in it.
        years: all of them.
    """
    return fact.replace(YEARS, ", ".join(map(str, sorted(set(years)))))


def alike(items: Iterable[Item], key: Callable[[Item], Hashable]) -> list[list[Item]]:
    """Items that differ by their year only, in the order the first of each was met.

    Args:
        items: things to tell.
        key: what those have in common that one sentence tells; None for one that stands alone.
    """
    groups: dict[Hashable, list[Item]] = {}
    for number, item in enumerate(items):
        common = key(item)
        groups.setdefault((number,) if common is None else (None, common), []).append(item)
    return list(groups.values())


def names_in(words: str) -> set[str]:
    """The {names} of a sentence; none where its braces are no placeholders."""
    try:
        return {name for _, name, _, _ in _FORMAT.parse(words) if name}
    except ValueError:
        return set()


def filled(words: str, values: Mapping[str, str]) -> str:
    """The sentence with its values; ``…`` for one that is not given; the officials' own braces stay."""
    names = names_in(words)
    if not names:
        return words
    return words.format_map({name: values.get(name, UNKNOWN) for name in names})


def general(words: str) -> str:
    """A rule's words about no case in particular: ``…`` for each value."""
    return filled(words, {})


@lru_cache(maxsize=1)
def dossier() -> str:
    """The subject of what is about no one in particular."""
    return text("nominee.dossier")


def statement(subject: str | None, fact: str) -> str:
    """``Nguyễn Văn A: chưa ghi nhóm đối tượng.``; about the dossier itself ``Thiếu biên bản.``"""
    return f"{subject}{OF}{fact}{END}" if subject and subject != dossier() else f"{raised(fact)}{END}"


def request(fact: str, fix: str, *, fix_says_all: bool) -> str:
    """What a letter asks for: the fix, before it the fact unless the fix says it too.

    Args:
        fact: the finding's fact.
        fix: its fix; may be empty.
        fix_says_all: that what is missing is plain from the fix: no value would be lost.
    """
    if not fix or lowered(fix).casefold() == lowered(fact).casefold():
        return lowered(fact)
    return lowered(fix) if fix_says_all else f"{lowered(fact)}; {lowered(fix)}"


@dataclass(slots=True)
class Group(Generic[Said, Item]):
    """One thing said of several subjects."""

    said: Said
    subjects: list[str]
    items: list[Item]


def grouped(told: Iterable[tuple[str, Said, Item]]) -> list[Group[Said, Item]]:
    """One sentence for many names: what is said of several is said once, in the order first met.

    Args:
        told: subject, what is said of it (same fact, same fix), and what goes with it (place, finding).
    """
    groups: dict[Said, tuple[dict[str, None], list[Item]]] = {}
    for subject, said, item in told:
        subjects, items = groups.setdefault(said, ({}, []))
        subjects[subject] = None  # a country's units may be told the same: no list is searched for each
        items.append(item)
    return [Group(said, list(subjects), items) for said, (subjects, items) in groups.items()]
