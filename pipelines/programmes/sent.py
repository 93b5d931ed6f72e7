"""What the units tried send: everything right, or one thing wrong for each rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pipelines.forms.form import Form
from pipelines.generate.content.reports import document
from pipelines.generate.people import Kind
from pipelines.generate.shape import Letter
from pipelines.generate.stories.folder import Files, Folder
from pipelines.programmes.numbers import KINDS, too_few
from pipelines.programmes.plan import Plan, can_write, table_of, time_of
from pipelines.programmes.proposed import LATE, propose, propose_wrong
from pipelines.programmes.rows import Listing
from pipelines.reference.coverage import Expanded, ExpectedUnit
from pipelines.reference.models.coverage import Cell
from pipelines.reference.models.judges import OwedJudge

_EARLY = timedelta(days=20)
OF_A_YEAR = ("DOC-BCNAM", "DOC-BCKY")


@dataclass(frozen=True, slots=True)
class Bad:
    """What is sent wrong, and what fills its cell all the same: too much, or too late."""

    files: Files
    filled: set[tuple[str, str]]
    """Cells and units."""


def good_files(plan: Plan) -> Files:
    """Everything each unit tried owes, right and in time."""
    files: Files = {}
    for one in plan.expected:
        if one.cell.cell.test != "cap_use":
            _send(plan, files, one, plan.last_day(one.cell) - _EARLY)
    propose(plan, files)
    return files


def bad_files(plan: Plan) -> Bad:
    """For each rule what breaks it: periods take turns, so that one mistake hides no other.

    First period of a list: rows that lack something and too many, late where a rule asks for lateness;
    second: too few; from the third on nothing; the next unit begins a period later. What is due once is
    late where a rule asks for that alone, else it is not sent.
    """
    files: Files = {}
    filled: set[tuple[str, str]] = set()
    periods: dict[tuple[str, ...], list[str]] = {}
    units: dict[tuple[str, ...], list[str]] = {}
    for one in plan.expected:
        for places, place in ((periods, one.cell.period), (units, one.unit_code)):
            known = places.setdefault(_series(one.cell), [])
            known += [place] if place not in known else []
    owed = _owed(plan)
    late = {cell for judge in owed if judge.late and not judge.missing for cell in judge.cells}
    for one in plan.expected:
        cell, series, is_late = one.cell.cell, _series(one.cell), one.cell.cell.cell in late
        if cell.test == "cap_use":
            continue
        day = plan.last_day(one.cell) + (LATE if is_late else -_EARLY)
        begins = units[series].index(one.unit_code)
        turn = (sorted(periods[series]).index(one.cell.period) + begins) % len(periods[series])
        if turn == 0:
            if is_late or not cell.requires:
                _send(plan, files, one, day, broken=True)
                filled |= {(one.cell.cell_id, one.unit_code)} if cell.test not in _ALL_FILLED else set()
        elif turn == 1 and not cell.requires:
            _send(plan, files, one, plan.last_day(one.cell) - _EARLY, few=True)
    propose_wrong(plan, files)
    return Bad(files, filled)


_ALL_FILLED = ("goal_and_solution", "mau_04")
"""Tests of cells that one row with something to mend leaves open."""


def _series(cell: Expanded[Cell]) -> tuple[str, ...]:
    """What comes again: the lists of one form, phase by phase; else a cell, year by year."""
    return cell.cell.forms if cell.cell.phase and cell.cell.forms else (cell.cell.cell,)


def _owed(plan: Plan) -> list[OwedJudge]:
    return [rule.judge for rule in plan.rules_of.completeness if isinstance(rule.judge, OwedJudge)]


def _send(
    plan: Plan,
    files: Files,
    one: ExpectedUnit,
    day: date,
    *,
    broken: bool = False,
    few: bool = False,
) -> None:
    folder, cell = plan.unit(files, one.unit_code), one.cell
    if cell.cell.requires:
        for ways in cell.cell.requires:
            way = next((w for w in ways if can_write(w.form)), None)
            if way:
                folder.put(
                    day.isoformat(), f"{cell.cell_id}-{way.form}.docx", _paper(plan, folder, way, cell, day)
                )
        return
    form = next((table for name in cell.cell.forms if (table := table_of(plan, name))), None)
    year = time_of(cell)
    if form is None or year is None:
        return
    listing = Listing(plan, folder, form, year)
    for kind, count in _wanted(plan, one, form, broken=broken, few=few).items():
        listing.add(kind, count)
    if broken:
        listing.break_columns()
    if listing.is_empty:
        return
    time = plan.phase(form, cell.cell.phase) or year
    folder.put(day.isoformat(), f"{cell.cell_id}.xlsx", listing.sheet(time))


def _wanted(plan: Plan, one: ExpectedUnit, form: Form, *, broken: bool, few: bool) -> dict[Kind, int]:
    """How many of each kind a list names: enough, too few, or too many."""
    asked = plan.asked(form, one.unit_code)
    wanted = {kind: max(one.required.get(kind) or 0, asked.get(kind, 0)) for kind in KINDS}
    wanted["ca_nhan"] = max(wanted["ca_nhan"], one.required.get("any") or 0)
    if few:
        return too_few(wanted, form)
    if not any(wanted.values()):
        wanted["ca_nhan"] = 1
    if broken:
        wanted |= {kind: count + 1 for kind, count in plan.allowed(form, one.unit_code).items()}
    return wanted


def _paper(plan: Plan, folder: Folder, way: Any, cell: Expanded[Cell], day: date) -> Letter:
    subject = way.title_names[0] if way.title_names else "xây dựng điển hình tiên tiến"
    year = way.year if isinstance(way.year, int) else cell.year or day.year
    if way.form in OF_A_YEAR and str(year) not in subject:
        said = "" if subject.endswith("năm") else " năm"
        subject = f"{subject}{said} {year}"
    return document(folder.rng, way.form, folder.name, subject, year, day=day, signed_by=(None, folder.chief))
