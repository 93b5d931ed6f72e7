"""coverage.yaml → the deadlines, the only place of each: whose, of which period, until when, in words."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pipelines.reference.coverage import Expanded, expand_one, expected_codes
from pipelines.reference.models.base import Citation
from pipelines.reference.models.coverage import Cell, DueDate, Expects
from pipelines.reference.reference import Reference
from pipelines.text.dates_vi import format_date

ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Deadline:
    """A deadline of one period. `day` is the one the document names, `last_day` the last valid one.

    Without a named day `last_day` is the end of the period where what is due is due at its end, else None.
    """

    programme_id: str
    cell_id: str
    label_vi: str
    period: str
    start: date
    end: date
    year: int | None
    phase_id: str | None
    day: date | None
    is_before: bool
    last_day: date | None
    wording_vi: str | None
    forms: tuple[str, ...]
    unit_types: tuple[str, ...]
    due_from: date | None
    """From when it is owed: the start of the period, or its last day."""
    unit_days: tuple[tuple[str, date | None, date | None], ...]
    """Each unit it holds for with the named and the last valid day, which may be the unit's own."""
    cite: tuple[Citation, ...]


def deadlines(reference: Reference, policies: Mapping[str, Any]) -> list[Deadline]:
    """Every deadline of every programme, in the order of coverage.yaml.

    Args:
        reference: the reference data.
        policies: the value in force of every policy; POL-TRUOC-NGAY: whether X of «trước ngày X» is in time.
    """
    return [_deadline(reference, one, policies) for one in due_dates(reference, policies)]


def due_dates(reference: Reference, policies: Mapping[str, Any]) -> Iterator[Expanded[Any]]:
    """What has a deadline, once per period, whoever it holds for."""
    for rules in reference.programmes.values():
        for due in (*rules.cells, *rules.deadlines):
            yield from expand_one(reference, rules, due, policies, also=True)


def _deadline(reference: Reference, one: Expanded[Any], policies: Mapping[str, Any]) -> Deadline:
    due: DueDate = one.cell
    before = policies["POL-TRUOC-NGAY"]
    is_before = due.deadline_wording == "exclusive" and before == "exclusive"
    last_day = one.last_day(before)
    day, earlier = one.deadline(), timedelta(days=is_before)
    units = []
    for code in expected_codes(reference, one, policies):
        named = day
        if due.deadline_from_unit:
            named = getattr(reference.units.by_code[code], due.deadline_from_unit)
        units.append((code, named, named - earlier if named else last_day))
    return Deadline(
        programme_id=one.programme_id,
        cell_id=one.cell_id,
        label_vi=one.label_vi,
        period=one.period,
        start=one.start,
        end=one.end,
        year=one.year,
        phase_id=due.phase,
        day=day,
        is_before=is_before,
        last_day=last_day,
        wording_vi=wording_vi(reference, due, day),
        forms=forms_of(due),
        due_from=one.start if due.due == "start" else last_day,
        unit_types=_types(reference, one),
        unit_days=tuple(units),
        cite=due.cite,
    )


def forms_of(due: DueDate) -> tuple[str, ...]:
    """The forms whose deadline it is: the cell's own, those it requires, those that travel with them."""
    asked = [one.form for ways in due.requires for one in ways] if isinstance(due, Cell) else []
    return tuple(dict.fromkeys((*due.forms, *asked, *due.travels)))


def wording_vi(reference: Reference, due: DueDate, day: date | None) -> str | None:
    """The deadline as people read it: the document's words with the day put in, else «trước ngày dd/mm/yyyy».

    Words of a month, a quarter or a year hold only while the day is its last; else the day is told.
    """
    if day is None:
        return due.deadline_text_vi
    words = reference.vocabulary.rule_templates.deadline
    usual = words.exclusive if due.deadline_wording == "exclusive" else words.inclusive
    said = due.deadline_text_vi or usual
    if "{ngay}" not in said and not _ends(said, day):
        said = usual
    return said.format(
        ngay=format_date(day),
        thang=f"{day.month:02d}",
        quy=ROMAN[(day.month - 1) // 3],
        nam=day.year,
    )


def _ends(said: str, day: date) -> bool:
    """Whether a day is the last of the month, quarter or year that the words name."""
    if (day.day) != monthrange(day.year, day.month)[1]:
        return False
    if "{thang}" in said:
        return True
    return day.month % 3 == 0 if "{quy}" in said else day.month == 12


def _types(reference: Reference, one: Expanded[Any]) -> tuple[str, ...]:
    expects: Expects = one.part.expects if one.part else one.cell.expects
    opened = [
        name for listed in expects.unit_types for name in (reference.unit_types[listed].includes or (listed,))
    ]
    named = [reference.units.by_code[code].unit_type for code in expects.units]
    return tuple(dict.fromkeys((*opened, *named)))
