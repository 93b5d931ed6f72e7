"""Blank .xlsx forms: the form, a filled example, the added annex, how to fill it in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from random import Random
from typing import Any

from pipelines.generate import layouts, people
from pipelines.generate.content import awards, mau_02, registrations
from pipelines.generate.content.tables import sheet_of
from pipelines.generate.people import Kind, Recipient
from pipelines.generate.shape import Book, Choice, Row, Sheet
from pipelines.templates.options import Options, plan

DOTS = "......"
"""Where the unit writes its name."""
_UNIT = "Đơn vị ví dụ"


def book(entry: dict[str, Any], options: Options, unit: str = DOTS) -> Book:
    """The workbook of an entry of ``templates.yml`` ``workbooks``, with the unit's name where it is known."""
    names = plan()["sheets"]
    form = _with_id(_blank(entry, unit), entry["form"], unit)
    form.name = entry["sheet"]
    if entry["form"] == "LS-M02":
        form.formulas = mau_02.formulas(form)
    for column, name in entry.get("choices", {}).items():
        form.choices += _choices(form, entry["form"], column, options.of(name, entry.get("programme")))
    example = EXAMPLES[entry["form"]](Random(entry["form"]))  # noqa: S311 - synthetic data, no secret
    example.name = names["example"]
    sheets = [form, example]
    if entry.get("annex"):
        sheets.append(annex(options.annex_labels(entry["programme"])))
    sheets.append(guide(options.guide(entry["form"], bool(entry.get("annex")))))
    return Book(sheets, {"thidua_form": entry["form"], "thidua_version": plan()["version"]})


def annex(labels: tuple[str, ...]) -> Sheet:
    """The blank annex PL-TC with the labels as a drop-down list."""
    sheet = sheet_of("PL-TC", [{}] * plan()["blank_rows"]["annex"], name=plan()["sheets"]["annex"])
    sheet.choices = _choices(sheet, "PL-TC", "noi_dung", labels)
    return sheet


def _blank(entry: dict[str, Any], unit: str) -> Sheet:
    form = entry["form"]
    if form == "LS-M02":
        return mau_02.table(None, unit=unit, number=DOTS, day="...../...../2020", signed_by=None)
    rows = [dict[str, Any]() for _ in range(plan()["blank_rows"][entry["rows"]])]
    if form == "CB-BDK":
        return registrations.party_form("", "", None, rows, rows, None)
    added = tuple(column[0] for column in layouts.table(form).get("added", []))
    return sheet_of(form, rows, added=added, signed_by=None, unit=unit, year=DOTS)


def _with_id(sheet: Sheet, form: str, unit: str) -> Sheet:
    """The sheet under a small line that names form and version, and one for the unit where it has none."""
    line = plan()["id_line"].format(form=form, version=plan()["version"])
    added = [Row([line], "note")]
    if not any(unit in str(value) for row in sheet.rows for value in row.values):
        added.append(Row([plan()["unit_line"].format(unit=unit)], "plain"))
    down, last = len(added), sheet.width() - 1
    merges = [(row, 0, row, last) for row in range(down)]
    merges += [(top + down, left, bottom + down, right) for top, left, bottom, right in sheet.merges]
    return Sheet(sheet.name, [*added, *sheet.rows], merges, sheet.widths, landscape=sheet.landscape)


def _choices(sheet: Sheet, form: str, column_id: str, offered: tuple[str, ...]) -> list[Choice]:
    """A drop-down list under each header that has the column's label (CB-BDK has two)."""
    forms = ("CB-BDK-I", "CB-BDK-II") if form == "CB-BDK" else (form,)
    columns = [c for f in forms for c in (*layouts.table(f)["columns"], *layouts.table(f).get("added", []))]
    label = next(column[1] for column in columns if column[0] == column_id)
    found = []
    for number, row in enumerate(sheet.rows):
        if row.role == "header" and label in row.values:
            last = number
            while last + 1 < len(sheet.rows) and sheet.rows[last + 1].role == "body":
                last += 1
            found.append(Choice(row.values.index(label), number + 1, last, offered))
    return found


def guide(lines: Iterable[str]) -> Sheet:
    """The sheet that says how a form is filled in."""
    rows = [
        Row([plan()["guide"]["heading"]], "title"),
        Row([], "plain"),
        *(Row([line], "note") for line in lines),
    ]
    return Sheet(plan()["sheets"]["guide"], rows, widths=[78], landscape=False)


def _people(rng: Random, *kinds: Kind) -> list[Recipient]:
    return [people.recipient(rng, kind, _UNIT) for kind in kinds]


def _awards(rng: Random) -> Sheet:
    events = awards.draw_events(rng, _UNIT, range(2018, 2021), 8, date(2020, 5, 1))
    return awards.award_list(events, signed_by=people.person(rng, _UNIT).name)


def _proposal(rng: Random) -> Sheet:
    events = awards.draw_events(rng, _UNIT, [2020], 4, date(2020, 5, 1))
    return awards.award_list(events, "LS-DSDN", signed_by=people.person(rng, _UNIT).name)


def _mau_02(rng: Random) -> Sheet:
    events = awards.draw_events(rng, _UNIT, range(2016, 2021), 60, date(2020, 5, 1))
    return mau_02.filled(
        events, unit=_UNIT, number="15", day="20/5/2020", signed_by=people.person(rng, _UNIT).name
    )


def _summary(rng: Random) -> Sheet:
    groups = layouts.values("subject_groups")
    who = _people(rng, "tap_the", "ca_nhan", "ca_nhan")
    return registrations.summary_list(rng, _UNIT, [(who[0], ""), (who[1], groups[1]), (who[2], groups[0])])


def _cluster(rng: Random) -> Sheet:
    who = _people(rng, "tap_the", "ca_nhan", "ca_nhan")
    return registrations.cluster_list(rng, "Cụm thi đua ví dụ", 2023, who, [_UNIT])


def _city(rng: Random) -> Sheet:
    who = _people(rng, "tap_the", "ca_nhan", "gia_dinh")
    return registrations.city_registration(rng, _UNIT, 2023, list(zip(who, "bđa", strict=True)))


def _party(rng: Random) -> Sheet:
    who = _people(rng, "tap_the", "ca_nhan")
    return registrations.party_registration(
        rng, _UNIT, layouts.values("phases")["1"], date(2022, 12, 15), who
    )


EXAMPLES: dict[str, Callable[[Random], Sheet]] = {
    "KT-DS": _awards,
    "LS-DSDN": _proposal,
    "QS": lambda rng: awards.headcount(rng, range(2016, 2021)),
    "LS-M02": _mau_02,
    "LS-M03": _summary,
    "BHXH-M03": _cluster,
    "BHXH-DSDK": lambda rng: registrations.bhxh_registration(
        rng, _UNIT, 2023, _people(rng, "tap_the", "ca_nhan")
    ),
    "HCM-DSDK": _city,
    "CB-BDK": _party,
}
"""Form -> a filled, right sheet of it."""
