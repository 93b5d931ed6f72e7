"""What the annex PL-TC tells of nominees in a trial: facts of criteria that no form has a place for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.forms.form import Form
from pipelines.generate.content.registrations import annex
from pipelines.generate.people import Kind
from pipelines.generate.shape import Sheet, Value
from pipelines.programmes.framed import Frame, year_by_year
from pipelines.reference.models.labels import AnnexLabel


@dataclass(frozen=True, slots=True)
class Fact:
    """A content of the annex, with a value that a criterion asks for and one that fails it."""

    label: AnnexLabel
    good: Value
    bad: Value
    frame: Frame | None = None
    """The years asked about, where it is told year by year."""


def fact_of(check: Mapping[str, Any] | None, labels: Iterable[AnnexLabel], kind: Kind) -> Fact | None:
    """The content of the annex that decides a criterion alone; None: there is none.

    Args:
        check: of the criterion.
        labels: of the programme's annex.
        kind: of the nominees that it is about.
    """
    if not check or not stands_alone(check):
        return None
    for label in labels:
        if kind not in label.kinds:
            continue
        values = _values(check, label)
        if values:
            return Fact(label, *values)
    return None


def stands_alone(check: Mapping[str, Any]) -> bool:
    """Whether a criterion asks for one thing, whatever else is told of a nominee."""
    return "applies_when" not in check and "and" not in check


def annex_sheet(told: Iterable[tuple[str, Fact]], year: int, *, is_good: bool) -> Sheet:
    """The annex of nominees, each with what is told of him; by year for each of the years before."""
    return annex([
        (name, fact.label.label_vi, told_of, value, "")
        for name, fact in told
        for told_of, value in _told(fact, year, is_good=is_good)
    ])  # fmt: skip


def column_of(check: Mapping[str, Any] | None, form: Form) -> tuple[str, Value, Value] | None:
    """The column of a form that decides a criterion alone, a value that passes and one that fails.

    Args:
        check: of the criterion.
        form: with one table.
    """
    if not check or not stands_alone(check):
        return None
    column = form.tables[0].by_id.get(str(check.get("field")))
    values = None
    if column and check["op"] == "num" and column.type == "number":
        values = _numbers(check)
    elif column and check["op"] == "flag" and column.type == "yes_no":
        values = ("Có", "Không") if check["equals"] else ("Không", "Có")
    return (column.id, *values) if column and values else None


def _told(fact: Fact, year: int, *, is_good: bool) -> Iterator[tuple[int | None, Value]]:
    if not fact.label.by_year:
        yield None, fact.good if is_good else fact.bad
        return
    yield from year_by_year(year, fact.frame, fact.good, fact.bad, is_good=is_good).items()


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
    # of a sum over years nothing in any year is the least
    is_sum = check.get("aggregate") == "sum"
    if isinstance(least, int) and least > 0:
        return least, 0 if is_sum else least - 1
    if isinstance(over, int):
        return over + 1, 0 if is_sum else over
    return (0 if is_sum else most, most + 1) if isinstance(most, int) else None
