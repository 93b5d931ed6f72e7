"""Lạng Sơn: exactly one example, the use of caps with their conditions, and about seventy proposals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.coverage.world import Nominee, World, many, row, status, summary

UNIT, END = "LS-HUYEN-BAC-SON", date(2020, 7, 1)


def _m04(world: World, name: str, received: date = date(2020, 4, 9)) -> str:
    return world.nominees(UNIT, "LS-M04", received, [("ca_nhan", name)], f"{name}|2020", year=2020)


def test_exactly_one_example_and_confirmed() -> None:
    world = World()
    first = _m04(world, "Người A")
    assert row(world.build(END), "LS-GT", UNIT, "status, on_time, any_counted") == ("covered", True, 1)
    world.block(first, "CP-LS-M04-XACNHAN", nominee=1)
    assert status(world.build(END), "LS-GT", UNIT) == "partial"
    world.blocks.clear()
    _m04(world, "Người B")
    assert row(world.build(END), "LS-GT", UNIT, "status, any_counted, any_required") == ("partial", 2, 1)


def test_an_example_received_on_10_april_is_late() -> None:
    world = World()
    _m04(world, "Người A", date(2020, 4, 10))
    assert row(world.build(END), "LS-GT", UNIT, "status, on_time") == ("covered", False)


def _proposals(
    unit: str, rows: list[Nominee], received: date = date(2020, 6, 1), **policies: Any
) -> tuple[Any, ...]:
    world = World(policies=policies)
    world.nominees(unit, "LS-M03", received, rows, "LS-1620")
    return row(world.build(END), "LS-HS", unit, "status, on_time")


FARMER: Nominee = ("ca_nhan", "Nông dân", {"nhom_doi_tuong": "nong_dan"})
PUPIL: Nominee = ("ca_nhan", "Học sinh", {"nhom_doi_tuong": "hoc_sinh"})
OFFICER: Nominee = ("ca_nhan", "Cán bộ", {"nhom_doi_tuong": "can_bo_cong_chuc_vien_chuc"})
SCHOOLS, OTHER = "LS-SO-GIAO-DUC-VA-DAO-TAO", "LS-SO-TAI-CHINH"


@pytest.mark.parametrize(
    ("unit", "rows", "found"),
    [
        (UNIT, [*many("tap_the", 2), FARMER], "covered"),
        (UNIT, many("tap_the", 2), "covered"),  # no person proposed: nothing to ask
        (UNIT, [OFFICER], "partial"),
        (UNIT, [*many("tap_the", 3), FARMER], "partial"),
        (UNIT, [FARMER, *many("gia_dinh", 4)], "covered"),  # families have no cap
        (SCHOOLS, [PUPIL, OFFICER], "covered"),
        (SCHOOLS, [FARMER], "partial"),
        (OTHER, many("tap_the", 1), "covered"),
        (OTHER, [OFFICER], "covered"),
        (OTHER, [*many("tap_the", 1), OFFICER], "partial"),  # one or the other
        (UNIT, [("ca_nhan", None), FARMER], "partial"),
    ],
)
def test_caps_and_their_conditions(unit: str, rows: list[Nominee], found: str) -> None:
    assert _proposals(unit, rows)[0] == found


def test_policies_of_the_caps() -> None:
    both = [*many("tap_the", 1), OFFICER]
    assert _proposals(OTHER, both, **{"POL-LS-HOAC": "both"})[0] == "covered"
    assert _proposals(OTHER, [*many("tap_the", 2)], **{"POL-LS-HOAC": "both"})[0] == "partial"
    assert _proposals(UNIT, many("tap_the", 2), **{"POL-LS-SUBCOND": "always"})[0] == "partial"
    families = [FARMER, *many("gia_dinh", 2)]
    assert _proposals(UNIT, families, **{"POL-LS-GIADINH": "counted_in_cap"})[0] == "covered"
    more = [*families, OFFICER]
    assert _proposals(UNIT, more, **{"POL-LS-GIADINH": "counted_in_cap"})[0] == "partial"


def test_what_the_dossier_lacks_holds_back_every_form_of_it() -> None:
    world = World()
    number = world.nominees(UNIT, "LS-M03", date(2020, 6, 1), [FARMER], "LS-1620")
    world.block(number, "CP-LS-HS-TOTRINH")
    world.blocks[0] |= {"form_id": "LS-HOSO", "submission_id": None}
    night = world.build(END)
    assert row(night, "LS-HS", UNIT, "status, individuals_counted") == ("partial", 1)
    told = night.execute(
        "SELECT is_counted, blocking_rules FROM marts.trc_phase_coverage WHERE cell_id = 'LS-HS'"
    ).fetchall()
    assert told == [(True, "CP-LS-HS-TOTRINH")]


def test_dossiers_are_optional_and_due_before_10_june() -> None:
    assert _proposals(UNIT, [FARMER], date(2020, 6, 9)) == ("covered", True)
    assert _proposals(UNIT, [FARMER], date(2020, 6, 10)) == ("covered", False)
    night = World().build(END)
    assert row(night, "LS-HS", UNIT, "status, on_time, collectives_required, collectives_counted") == (
        "not_due",
        None,
        2,
        0,
    )
    assert summary(night, "LS-HS", "coverage_pct, quota_collectives_pct") == (None, 0.0)
    due = night.execute(
        "SELECT count(*) FROM marts.rpt_unit_life_cycle WHERE unit_code = ?", [UNIT]
    ).fetchone()
    assert due == (1,)


def test_the_list_and_the_summary_of_one_dossier_name_the_same_people() -> None:
    world = World()
    world.nominees(UNIT, "LS-M03", date(2020, 6, 1), [("tap_the", "Phòng A"), FARMER], "LS-1620")
    number = world.part(UNIT, "LS-DSDN", date(2020, 6, 1), "ds")
    awards = {"BK-CTUBND-TINH": ["Phòng A", "Phòng B"], "BK-TTCP": ["Phòng C"]}
    keys = _alias_keys()
    for place, (code, name) in enumerate((code, name) for code, names in awards.items() for name in names):
        world.rows["award_rows"].append(
            {
                "submission_id": number,
                "part_no": 1,
                "form_id": "LS-DSDN",
                "part_key": "ds",
                "source_row": place + 9,
                "recipient_kind": "tap_the",
                "recipient_name": name,
                "name_key": name.lower(),
                "award_key": keys[code],
            }
        )
    night = world.build(END)
    assert row(night, "LS-HS", UNIT, "status, collectives_counted, individuals_counted") == ("covered", 2, 1)
    told = night.execute(
        "SELECT recipient_name, form_id, reason FROM marts.trc_phase_coverage "
        "WHERE cell_id = 'LS-HS' AND NOT is_counted ORDER BY ALL"
    ).fetchall()
    assert {(name, reason) for name, _, reason in told} == {
        ("Phòng A", "repeated"),
        ("Phòng C", "other_level"),
    }


def _alias_keys() -> dict[str, str]:
    from tests.coverage.world import ref_tables

    return dict(ref_tables("{}")["award_aliases"].select("award_code", "alias_key").iter_rows())


def test_about_seventy_with_its_band_and_goals_from_awards() -> None:
    world = World()
    for number, unit in enumerate(["LS-HUYEN-BAC-SON", "LS-HUYEN-CAO-LOC", "LS-HUYEN-CHI-LANG"]):
        world.nominees(
            unit, "LS-M03", date(2020, 6, 1), [*many("tap_the", 2), *many("gia_dinh", 20 + number)], "LS-1620"
        )
    night = world.build(END)
    columns = "target, counted, band_low, band_high, standing"
    goal = f"SELECT {columns} FROM marts.rpt_programme_goals WHERE goal_id = "
    assert night.execute(goal + "'Q-LS-TONG70'").fetchone() == (70, 69, 63, 77, "within_band")
    assert night.execute(goal + "'Q-BHXH-CSTDTQ-2025'").fetchone() == (2, 0, None, None, "not_reached")
    assert night.execute(goal + "'Q-BHXH-AHLD-2025'").fetchone() == (1, 0, None, None, "not_reached")
