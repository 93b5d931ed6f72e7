"""``thidua generate``: as many synthetic units and awards as asked, and reference data that names them."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.common.bars import bar
from pipelines.generate import imperfections, layouts
from pipelines.generate.content import awards, registrations, reports
from pipelines.generate.content.awards import award_list
from pipelines.generate.shape import Sheet
from pipelines.generate.stories.folder import Files, Folder

_NOMINATES = 5
"""Every fifth unit nominates somebody, too."""
_UNDER_ONE_BODY = 100
"""So many units get their awards by the decisions of one body."""


def generate(units: int, awards_per_unit: int, seed: int, out: Path, reference: Path) -> None:
    """Write ``out/raw`` and ``out/reference``; the same arguments write the same bytes.

    Args:
        units: number of synthetic units, spread over the programmes in turn.
        awards_per_unit: rows of each unit's award list.
        seed: another seed, other people.
        out: folder to write into; its ``raw`` and ``reference`` must not exist yet.
        reference: the project's reference data, copied with the units added to its list.

    Raises:
        FileExistsError: ``out`` holds a ``raw`` or ``reference`` already.
        ValueError: a number below one.
    """
    if units < 1 or awards_per_unit < 1:
        raise ValueError("units and awards_per_unit must be at least 1")
    (out / "raw").mkdir(parents=True)
    shutil.copytree(reference, out / "reference")
    rows = list(_units(units))
    for programme in dict.fromkeys(row["programme"] for row in rows):
        own = [row for row in rows if row["programme"] == programme]
        _add_units(out / "reference" / "programmes" / programme / "units.csv", own)
    with bar("generate") as shown:
        shown.total(len(rows))
        for number, row in enumerate(rows, start=1):
            for path, content in _sent_by(row, number, awards_per_unit, seed).items():
                target = out / "raw" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            shown.advance()


def _units(count: int) -> Iterator[dict[str, Any]]:
    kinds = layouts.read("bulk")
    for number in range(count):
        kind = kinds[number % len(kinds)]
        n = number // len(kinds) + 1
        yield {**kind, "unit_code": f"{kind['code']}-{n:05d}", "unit_name": kind["name"].format(n=n)}


def _add_units(path: Path, rows: list[dict[str, Any]]) -> None:
    """Append the units to the copy of the unit list, in the columns it has."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        header = next(csv.reader(source))
    with path.open("a", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, header, restval="", lineterminator="\n")
        for row in rows:
            writer.writerow(
                {
                    "unit_code": row["unit_code"],
                    "name": row["unit_name"],
                    "unit_type": row["unit_type"],
                    "parent_code": row["top"],
                    "programme_id": row["programme"],
                    "basis": "thidua generate",
                }
            )


def _sent_by(row: dict[str, Any], number: int, awards_per_unit: int, seed: int) -> Files:
    files: Files = {}
    unit = Folder(files, row["programme"], row["unit_code"], row["unit_name"], seed)
    years = range(row["first_year"], row["last_year"] + 1)
    received: date = row["received"]
    events = awards.draw_events(
        unit.rng, unit.name, years, awards_per_unit, received, unit.programme, number // _UNDER_ONE_BODY
    )
    suffix = (".csv", ".xlsx")[number // len(layouts.read("bulk")) % 2]
    listed = award_list(events)
    spoil = _imperfection(number)
    unit.put(received.isoformat(), f"khen-thuong{suffix}", spoil(listed) if spoil else listed)
    unit.put(received.isoformat(), "so-luong.csv", awards.headcount(unit.rng, years))
    if number % _NOMINATES == 0:
        _nominate(unit, row["registered"])
    return files


_AWARD = "Danh hiệu thi đua/Hình thức khen thưởng"


def _unknown_award() -> str:
    return str(layouts.read("imperfect")["unknown_award"])


_WAYS: dict[str, Callable[[Sheet], Sheet]] = {
    "class_missing": lambda sheet: imperfections.blank(sheet, "Phân loại đối tượng", (0, 2)),
    "year_missing": lambda sheet: imperfections.blank(sheet, "Năm", (1,)),
    "award_unknown": lambda sheet: imperfections.replace(sheet, _AWARD, lambda _: _unknown_award(), (0,)),
    "row_twice": lambda sheet: imperfections.twice(sheet, 0),
    "dates_as_text": imperfections.dates_as_text,
    "school_years": lambda sheet: imperfections.replace_school_year(sheet, "Năm"),
    "decomposed": imperfections.to_nfd,
    "old_font": imperfections.to_tcvn3,
}


def _imperfection(number: int) -> Callable[[Sheet], Sheet] | None:
    """How the list of the unit with this number goes wrong; most do not. Way after way, so each is there."""
    plan = layouts.read("imperfect")
    turn, rest = divmod(number, plan["every"])
    return _WAYS[plan["ways"][turn % len(plan["ways"])]] if rest == plan["at"] else None


def _nominate(unit: Folder, day: date) -> None:
    """What the unit's programme asks of models: mẫu 04, biểu đăng ký, the city's list, Mẫu 01 and 02."""
    who = unit.people(("tap_the", 2), ("ca_nhan", 2))
    sheet: Sheet | None = None
    if unit.programme == "CB-2125":
        phase = layouts.values("phases")["1"]
        sheet = registrations.party_registration(unit.rng, unit.name, phase, day, who, unit.chief)
    elif unit.programme == "HCM-2125":
        fields = [(one, unit.rng.choice(layouts.read("letters"))) for one in who]
        sheet = registrations.city_registration(unit.rng, unit.name, day.year + 1, fields)
    if sheet:
        unit.put(day.isoformat(), "dang-ky.xlsx", sheet)
        return
    for number, one in enumerate(who if unit.programme == "BHXH-2125" else who[2:3], start=1):
        signed_by = (unit.chief, one.name if one.kind == "ca_nhan" else unit.chief)
        if unit.programme == "BHXH-2125":
            letter = reports.insurance_report(unit.rng, one, day.year, [], day=day, signed_by=signed_by)
        else:
            letter = reports.model_report(unit.rng, one, day=day, signed_by=signed_by)
        unit.put(day.isoformat(), f"bao-cao-{number}.docx", letter)
