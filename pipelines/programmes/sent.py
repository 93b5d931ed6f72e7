"""What the units tried send: everything right, or one thing wrong for each rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pipelines.forms.form import Form
from pipelines.generate.content.reports import document, five_year_report
from pipelines.generate.people import Kind, Recipient
from pipelines.generate.shape import Letter, Value
from pipelines.generate.stories.folder import Files, Folder
from pipelines.programmes import filled
from pipelines.programmes.plan import Plan, broken_field, can_write, criteria_of, table_of, time_of
from pipelines.reference.counted import quotas_of
from pipelines.reference.coverage import Expanded, ExpectedUnit, binds
from pipelines.reference.models.coverage import Cell
from pipelines.reference.models.judges import CountJudge, OwedJudge, TreeJudge

_EARLY, _LATE = timedelta(days=20), timedelta(days=5)
OF_A_YEAR = ("DOC-BCNAM", "DOC-BCKY")
WRONG = "Lĩnh vực không có trong kế hoạch"
KINDS: tuple[Kind, ...] = ("tap_the", "ca_nhan", "gia_dinh")


@dataclass(frozen=True, slots=True)
class Bad:
    """What is sent wrong, and what fills its cell all the same: too much, or too late."""

    files: Files
    filled: set[tuple[str, str]]
    """Cells and units."""


def _people(folder: Folder, kind: Kind, count: int) -> list[str]:
    return [filled.person(folder.rng, folder.name, kind) for _ in range(count)]


def _row(plan: Plan, form: Form, kind: str, name: str, year: int, award: str) -> dict[str, Value]:
    row = {
        column.id: filled.value(column, kind, year, plan.field_name, award, name)
        for column in form.tables[0].columns
    }
    named = form.tables[0].name_column or next(
        (c.id for c in form.tables[0].columns if c.id in ("ten", "recipient_name")), None
    )
    return row | ({named: name} if named else {})


def _at(workplace: str, row: dict[str, Value]) -> dict[str, Value]:
    """A row whose person works somewhere: namesakes of one workplace are one."""
    return row | {key: workplace for key in ("workplace", "don_vi") if key in row}


def _award(plan: Plan) -> str:
    """An award that a programme's proposals ask for: its own where it has one."""
    own = {code for check in criteria_of(plan).values() for code in check.get("codes", ())}
    for award in plan.reference.awards.awards:
        if award.code in own:
            return award.official_name
    return "Bằng khen của Chủ tịch UBND tỉnh"


def good_files(plan: Plan) -> Files:
    """Everything each unit tried owes, right and in time."""
    files: Files = {}
    for one in plan.expected:
        if one.cell.cell.test != "cap_use":
            _send(plan, files, one, plan.last_day(one.cell) - _EARLY)
    _propose(plan, files, with_papers=True)
    return files


def bad_files(plan: Plan) -> Bad:
    """For each rule what breaks it: periods take turns, so that one mistake hides no other.

    First period of a list: rows that lack something and too many, late where a rule asks for lateness;
    second: too few; from the third on nothing; the next unit begins a period later. What is due once is
    late where a rule asks for that alone, else it is not sent.
    """
    files: Files = {}
    filled: set[tuple[str, str]] = set()
    broken = _broken_columns(plan)
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
        day = plan.last_day(one.cell) + (_LATE if is_late else -_EARLY)
        begins = units[series].index(one.unit_code)
        turn = (sorted(periods[series]).index(one.cell.period) + begins) % len(periods[series])
        if turn == 0:
            if is_late or not cell.requires:
                _send(plan, files, one, day, broken=broken)
                filled |= {(one.cell.cell_id, one.unit_code)} if cell.test not in _ALL_FILLED else set()
        elif turn == 1 and not cell.requires:
            _send(plan, files, one, plan.last_day(one.cell) - _EARLY, few=True)
    _propose(plan, files, with_papers=False)
    return Bad(files, filled)


_ALL_FILLED = ("goal_and_solution", "mau_04")
"""Tests of cells that one row with something to mend leaves open."""


def _series(cell: Expanded[Cell]) -> tuple[str, ...]:
    """What comes again: the lists of one form, phase by phase; else a cell, year by year."""
    return cell.cell.forms if cell.cell.phase and cell.cell.forms else (cell.cell.cell,)


def _owed(plan: Plan) -> list[OwedJudge]:
    return [rule.judge for rule in plan.rules_of.completeness if isinstance(rule.judge, OwedJudge)]


Broken = tuple[str, str, Kind]
"""A column that a rule asks for, the operator, and a kind of recipient of whom it is asked."""


def _broken_columns(plan: Plan) -> dict[str, list[Broken]]:
    """By form, the columns that its rules ask for."""
    found: dict[str, list[Broken]] = {}
    for rule in (*plan.rules_of.completeness, *plan.reference.general.completeness):
        judge = rule.judge
        if isinstance(judge, TreeJudge) and judge.about == "nomination" and (name := broken_field(judge)):
            for form in judge.forms:
                kind = (judge.kinds or ("ca_nhan",))[0]
                found.setdefault(form, []).append((name, judge.test["op"], kind))
    return found


def _send(
    plan: Plan,
    files: Files,
    one: ExpectedUnit,
    day: date,
    broken: dict[str, list[Broken]] | None = None,
    *,
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
    wanted = {kind: one.required.get(kind) or 0 for kind in KINDS}
    wanted["ca_nhan"] += one.required.get("any") or 0
    if few and one.required.get("any") == sum(wanted.values()) == 1:
        return  # one of any kind is enough
    if few:
        # one, of a kind that is not enough alone
        short = next((kind for kind in KINDS if sum(wanted.values()) > wanted[kind]), None)
        wanted = dict.fromkeys(KINDS, 0) | {short or "gia_dinh": 1}
    elif not any(wanted.values()):
        wanted["ca_nhan"] = 1
    if broken is not None:
        wanted |= {kind: most + 1 for kind, most in _most(plan, one, form).items()}
    award = _award(plan)
    rows = [
        _row(plan, form, kind, name, year, award)
        for kind, count in wanted.items()
        for name in _people(folder, kind, count)
    ]
    rows += _broken_rows(plan, folder, form, year, (broken or {}).get(form.id, []))
    time = plan.phase(form, cell.cell.phase) or year
    folder.put(day.isoformat(), f"{cell.cell_id}.xlsx", filled.sheet(form, rows, folder.name, time))


def _broken_rows(
    plan: Plan, folder: Folder, form: Form, year: int, broken: list[Broken], **of_persons: Value
) -> list[dict[str, Value]]:
    """Somebody else for each column: of one who stands there twice another row may speak."""
    rows = []
    for column, op, kind in broken:
        [name] = _people(folder, kind, 1)
        row = _row(plan, form, kind, name, year, _award(plan))
        row |= of_persons if kind == "ca_nhan" else {}
        rows.append(row | {column: WRONG if op == "field_known" else None})
    return rows


def _most(plan: Plan, one: ExpectedUnit, form: Form) -> dict[Kind, int]:
    """Of each kind the most that a rule on a form lets a unit name."""
    found: dict[Kind, int] = {}
    for rule in plan.rules_of.completeness:
        judge = rule.judge
        if isinstance(judge, CountJudge) and judge.limit == "max" and form.id in judge.forms:
            for quota in quotas_of(plan.rules_of, judge):
                if quota.max is not None and binds(plan.reference, quota, one.unit_code):
                    found[quota.count_kinds[0]] = quota.max
    return found


def _paper(plan: Plan, folder: Folder, way: Any, cell: Expanded[Cell], day: date) -> Letter:
    subject = way.title_names[0] if way.title_names else "xây dựng điển hình tiên tiến"
    year = way.year if isinstance(way.year, int) else cell.year or day.year
    if way.form in OF_A_YEAR and str(year) not in subject:
        said = "" if subject.endswith("năm") else " năm"
        subject = f"{subject}{said} {year}"
    return document(folder.rng, way.form, folder.name, subject, year, day=day, signed_by=(None, folder.chief))


def _propose(plan: Plan, files: Files, *, with_papers: bool) -> None:
    """Proposals in the first year that asks for them: with all papers and a clean record, or with none, too
    many of them, and all of them leaders.
    """
    if plan.proposal is None:
        return
    form, year = plan.proposal.form, plan.proposal.year
    folder = plan.unit(files, plan.proposal.unit_code)
    caps: dict[Kind, int] = dict.fromkeys(KINDS, 0)
    for quota in plan.rules_of.quotas:
        if quota.max is not None and quota.count_kinds:
            caps[quota.count_kinds[0]] = max(caps[quota.count_kinds[0]], quota.max)
    names = _people(folder, "ca_nhan", 1 if with_papers else max(caps.values()) + 1)
    award, day = _award(plan), date(year, 2, 10)
    due = [
        plan.last_day(one.cell)
        for one in plan.expected
        if form.id in one.cell.cell.forms and one.cell.deadline()
    ]
    if due and not with_papers:
        day = min(due) + _LATE
    # all of them leaders: a share that is too great, or too small
    leader: dict[str, Value] = {} if with_papers else {"object_class": filled.classes("ca_nhan")[0]}
    rows = [_at(folder.name, _row(plan, form, "ca_nhan", name, year, award) | leader) for name in names]
    if not with_papers:
        others = {kind: most + 1 for kind, most in caps.items() if most and kind != "ca_nhan"}
        rows += [
            _at(folder.name, _row(plan, form, kind, name, year, award))
            for kind, count in others.items()
            for name in _people(folder, kind, count)
        ]
        rows += _broken_rows(plan, folder, form, year, _broken_columns(plan).get(form.id, []), **leader)
    folder.put(day.isoformat(), "de-nghi.xlsx", filled.sheet(form, rows, folder.name, year))
    if with_papers:
        for paper in _papers(plan):
            letter = document(
                folder.rng,
                paper,
                folder.name,
                "tặng danh hiệu",
                year,
                day=day,
                signed_by=(None, folder.chief),
            )
            folder.put(day.isoformat(), f"{paper}.docx", letter)
    _records(plan, folder, files, names[0], year, day, is_good=with_papers)


def _papers(plan: Plan) -> Iterator[str]:
    for rule in plan.rules_of.completeness:
        judge = rule.judge
        if isinstance(judge, TreeJudge) and judge.about == "dossier" and judge.test.get("op") == "document":
            yield from [form for form in judge.test["forms"] if can_write(form)][:1]


def _ratings(plan: Plan) -> list[str]:
    """The ratings of the scale that a criterion asks for, the best first; else of the first scale."""
    asked = {check["min_rating"] for check in criteria_of(plan).values() if "min_rating" in check}
    scale = next((one.scale for one in plan.reference.ratings if one.code in asked), None)
    first = plan.reference.ratings[0].scale
    of_scale = (one for one in plan.reference.ratings if one.scale == (scale or first))
    return [one.label for one in sorted(of_scale, key=lambda one: -one.rank)]


def _records(
    plan: Plan,
    folder: Folder,
    files: Files,
    name: str,
    year: int,
    day: date,
    *,
    is_good: bool,
) -> None:
    """What speaks of the nominee: ratings of the years before, and an award in another unit's list."""
    checks = criteria_of(plan).values()
    who = Recipient("ca_nhan", name, position="Chuyên viên", workplace=folder.name)
    rating = _ratings(plan)[0 if is_good else -1]
    letter = five_year_report(
        folder.rng,
        who,
        dict.fromkeys(range(year - 5, year), rating),
        [],
        day=day,
        signed_by=(folder.chief, name),
    )
    folder.put(day.isoformat(), "bao-cao-thanh-tich.docx", letter)
    given = any(check.get("op") == "never_awarded" for check in checks)
    other = next(
        (
            u
            for u in plan.reference.units
            if u.programme_id == plan.programme_id and u.unit_code != folder.code
        ),
        None,
    )
    if given and not is_good and other:
        form = plan.forms["KT-DS"]
        listed = _at(folder.name, _row(plan, form, "ca_nhan", name, year - 2, _award(plan)))
        beside = plan.unit(files, other.unit_code)
        beside.put(
            date(year, 1, 5).isoformat(),
            "khen-thuong.xlsx",
            filled.sheet(form, [listed], beside.name, year - 2),
        )
