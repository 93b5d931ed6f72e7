"""What the annex PL-TC tells of nominees in a trial: facts of criteria that no form has a place for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.generate.content.registrations import annex
from pipelines.generate.shape import Sheet, Value
from pipelines.reference.models.labels import AnnexLabel

EARLIER = 5
"""So many years before the proposals are told of."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A content of the annex, with a value that a criterion asks for and one that fails it."""

    label: AnnexLabel
    good: Value
    bad: Value


def fact_of(check: Mapping[str, Any] | None, labels: Iterable[AnnexLabel]) -> Fact | None:
    """The content of the annex that decides a criterion alone; None: there is none.

    Args:
        check: of the criterion.
        labels: of the programme's annex.
    """
    if not check or "applies_when" in check or "and" in check:
        return None
    for label in labels:
        values = _values(check, label)
        if values:
            return Fact(label, *values)
    return None


def annex_sheet(facts: Iterable[Fact], names: Iterable[str], year: int, *, is_good: bool) -> Sheet:
    """The annex of a list of nominees; what is told by year for each of the years before."""
    return annex([
        (name, fact.label.label_vi, told_of, fact.good if is_good else fact.bad, "")
        for fact in facts
        for name in names
        for told_of in _years(fact.label, year)
    ])  # fmt: skip


def _years(label: AnnexLabel, year: int) -> Iterator[int | None]:
    yield from range(year - EARLIER, year) if label.by_year else [None]


def _values(check: Mapping[str, Any], label: AnnexLabel) -> tuple[Value, Value] | None:
    """A value that passes and one that fails."""
    match check.get("op"):
        case "num" if label.vocabulary == check["field"] and label.type == "number":
            return _numbers(check)
        case "flag" if label.vocabulary == check["field"] and label.type == "flag":
            yes, no = (str(option) for option in label.options)
            return (yes, no) if check["equals"] else (no, yes)
        case "award_all_years" if label.type == "award" and label.subject == check.get("subject", "self"):
            yes, no = (str(option) for option in label.options)
            return (yes, no) if set(label.award_codes) & set(check["codes"]) else None
    return None


def _numbers(check: Mapping[str, Any]) -> tuple[Value, Value] | None:
    least, over, most = (check.get(key) for key in ("min", "min_exclusive", "max"))
    if isinstance(least, int) and least > 0:
        return least, least - 1
    if isinstance(over, int):
        return over + 1, over
    return (most, most + 1) if isinstance(most, int) else None
