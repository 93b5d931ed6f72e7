"""Units over time: who exists on a day, and which units a roll-up holds before and after a merger."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from pipelines.reference.errors import ReferenceError
from pipelines.reference.load import load_reference
from pipelines.reference.models.units import Unit
from pipelines.reference.reference import Reference
from pipelines.reference.units import Units
from tests.unit.reference.conftest import REFERENCE

# 1 July 2025: two districts' offices end, a commune takes over both (made up from real names of the list).
MERGER = """LS-XA-THAT-KHE,Xã Thất Khê,LS-DON-VI-CON-LAI,LS,LS-1620,20,,2025-07-01,,,merger of 2025
LS-TRUONG-A,Trường A,LS-DON-VI-CON-LAI,LS-HUYEN-TRANG-DINH,LS-1620,20,,,2025-06-30,,school of the district
"""


def _merged(copy: Path) -> Reference:
    path = copy / "programmes/LS-1620/units.csv"
    text = path.read_text(encoding="utf-8")
    for name in ("LS-HUYEN-TRANG-DINH", "LS-HUYEN-VAN-LANG"):
        line = next(line for line in text.splitlines() if line.startswith(name + ","))
        text = text.replace(line, line.replace("2025-06-30,,", "2025-06-30,LS-XA-THAT-KHE,"))
    path.write_text(text + MERGER, encoding="utf-8")
    return load_reference(copy)


def _held(units: Units, ancestor: str, day: date) -> set[str]:
    return {
        pair.unit_code
        for pair in units.ancestors
        if pair.ancestor_code == ancestor and (pair.valid_from is None or pair.valid_from <= day)
    }


def test_valid_on_has_both_ends(copy: Path) -> None:
    units = _merged(copy).units
    before = {unit.unit_code for unit in units.valid_on(date(2025, 6, 30))}
    after = {unit.unit_code for unit in units.valid_on(date(2025, 7, 1))}
    assert "LS-HUYEN-TRANG-DINH" in before - after
    assert "LS-XA-THAT-KHE" in after - before


def test_roll_up_before_and_after_the_merger(copy: Path) -> None:
    units = _merged(copy).units
    taken_over = {"LS-HUYEN-TRANG-DINH", "LS-HUYEN-VAN-LANG", "LS-TRUONG-A"}
    assert _held(units, "LS-XA-THAT-KHE", date(2025, 6, 30)) == set()
    assert _held(units, "LS-XA-THAT-KHE", date(2025, 7, 1)) == {"LS-XA-THAT-KHE"} | taken_over
    assert _held(units, "LS-HUYEN-TRANG-DINH", date(2030, 1, 1)) == {"LS-HUYEN-TRANG-DINH", "LS-TRUONG-A"}
    everything = {unit.unit_code for unit in units if unit.programme_id == "LS-1620"}
    assert _held(units, "LS", date(2025, 6, 30)) == everything - {"LS-XA-THAT-KHE"}
    assert _held(units, "LS", date(2025, 7, 1)) == everything


def test_each_pair_stands_once(copy: Path) -> None:
    pairs = [(pair.unit_code, pair.ancestor_code) for pair in _merged(copy).units.ancestors]
    assert len(pairs) == len(set(pairs))


def test_placeholders(reference: Reference) -> None:
    marked = reference.placeholders
    types = {unit.unit_code for unit in reference.units if unit.unit_type == "BHXH-KHOI-CUM"}
    assert marked == types


def test_unit_list_of_the_domain_alone_knows_its_placeholders(copy: Path) -> None:
    path = copy / "programmes/BHXH-2125/units.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line.removesuffix(",,true").removesuffix(",,") for line in lines[1:]]
    header = lines[0].removesuffix(",party_congress_date,is_placeholder")
    path.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
    reference = load_reference(copy)
    assert "BHXH-CUM-01" in reference.placeholders
    assert "BHXH-HA-NOI" not in reference.placeholders


def _unit(code: str, *, since: str | None = None, until: str | None = None, after: str | None = None) -> Unit:
    days = {"valid_from": since, "valid_to": until, "successor_code": after}
    given = {name: value for name, value in days.items() if value}
    return Unit.model_validate(
        {"unit_code": code, "name": code, "unit_type": "T", "programme_id": "P"} | given
    )


def test_who_stands_for_a_unit_and_what_came_before() -> None:
    """A becomes B on 1/7, B becomes C on 1/1 of the next year; D ends and nobody comes after."""
    units = Units(
        [
            _unit("A", until="2027-06-30", after="B"),
            _unit("B", since="2027-07-01", until="2027-12-31", after="C"),
            _unit("C", since="2028-01-01"),
            _unit("D", until="2027-06-30"),
        ]
    )
    days = [date(2027, 6, 30), date(2027, 7, 1), date(2028, 1, 1)]
    assert [units.standing_on("A", day) for day in days] == ["A", "B", "C"]
    assert [units.standing_on("D", day) for day in days] == ["D", "D", "D"]
    assert units.predecessors == {"B": ("A",), "C": ("A", "B")}


def test_one_body_is_one_unit_of_a_programme_at_a_time(copy: Path) -> None:
    """The sở keeps its identifier under a new name; a xã with that of the new sở is told."""
    programme = copy / "programmes" / "HN-2630"
    shutil.copytree(REFERENCE.parents[1] / "tests" / "rules" / "new_programme" / "HN-2630", programme)
    units = programme / "units.csv"
    text = units.read_text("utf-8").replace("H26.11", "H26.10")
    units.write_text(text, "utf-8")
    load_reference(copy)
    units.write_text(text.replace("H26.55", "H26.10"), "utf-8")
    with pytest.raises(ReferenceError, match=r"HN-XA-5: mã định danh H26\.10 đã có ở HN-SO"):
        load_reference(copy)
