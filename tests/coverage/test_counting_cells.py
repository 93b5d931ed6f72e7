"""Cells that count nominees: BHXH's registrations, introductions and blocs; Cao Bằng's phases."""

from __future__ import annotations

from datetime import date

import pytest

from tests.coverage.world import Nominee, World, many, row, status, summary

UNIT = "BHXH-LANG-SON"
FULL = {"muc_tieu": "Giảm thời gian giải quyết", "giai_phap": "Số hóa hồ sơ"}


def test_registration_and_its_goal_and_solution() -> None:
    world, received = World(), date(2022, 3, 1)
    world.nominees(
        UNIT, "BHXH-DSDK", received, [("tap_the", "Phòng A", FULL), ("ca_nhan", "Người A", FULL)], year=2022
    )
    half = [("tap_the", "Phòng B", FULL), ("ca_nhan", "Người B", {"muc_tieu": "Có"})]
    world.nominees("BHXH-HA-NOI", "BHXH-DSDK", received, half, year=2022)
    night = world.build(date(2022, 12, 31))
    assert row(night, "BHXH-PH-2022", UNIT, "status, on_time, collectives_counted") == ("covered", None, 1)
    assert status(night, "BHXH-BD-2022", UNIT) == "covered"
    assert status(night, "BHXH-PH-2022", "BHXH-HA-NOI") == "covered"
    assert status(night, "BHXH-BD-2022", "BHXH-HA-NOI") == "partial"
    assert status(night, "BHXH-PH-2021", UNIT) == "none"
    # no day is named, so it is due from the first day of its year
    assert status(night, "BHXH-PH-2023", UNIT) == "not_due"


def test_registration_years_are_a_policy() -> None:
    years = {"POL-BHXH-YEARS": {"unit": [2024], "bloc": [2024]}}
    night = World(policies=years).build(date(2025, 12, 31))
    cells = night.execute(
        "SELECT cell_id FROM marts.dim_coverage_cells WHERE cell_id LIKE 'BHXH-_T-2%'"
    ).fetchall()
    assert cells == [("BHXH-GT-2024",)]


def test_blocs_need_adopted_examples_before_31_july() -> None:
    adopted = {"don_vi_ap_dung": "BHXH huyện"}
    three: list[Nominee] = [("ca_nhan", "A", adopted), ("tap_the", "B", adopted), ("ca_nhan", "C", adopted)]
    world = World()
    world.nominees("BHXH-CUM-01", "BHXH-M03", date(2022, 7, 30), [*three, ("ca_nhan", "D")], year=2022)
    world.nominees("BHXH-CUM-02", "BHXH-M03", date(2022, 7, 31), three, year=2022)
    world.nominees("BHXH-KHOI-01", "BHXH-M03", date(2022, 7, 1), [*three[:2], ("ca_nhan", "D")], year=2022)
    night = world.build(date(2022, 12, 31))
    columns = "status, on_time, any_counted, any_required"
    assert row(night, "BHXH-KC-2022", "BHXH-CUM-01", columns) == ("covered", True, 3, 3)
    assert row(night, "BHXH-KC-2022", "BHXH-CUM-02", columns) == ("covered", False, 3, 3)
    assert row(night, "BHXH-KC-2022", "BHXH-KHOI-01", columns) == ("partial", False, 2, 3)


def test_a_later_list_supersedes_the_earlier_one_whole() -> None:
    world = World()
    good: list[Nominee] = [("tap_the", "Phòng A"), ("ca_nhan", "Người A")]
    world.nominees(UNIT, "BHXH-DSDK", date(2022, 2, 1), good, year=2022)
    world.nominees(UNIT, "BHXH-DSDK", date(2022, 5, 1), good[:1], year=2022)
    night = world.build(date(2022, 12, 31))
    columns = "status, first_received_on, individuals_counted"
    assert row(night, "BHXH-PH-2022", UNIT, columns) == ("partial", date(2022, 2, 1), 0)
    told = night.execute(
        "SELECT reason, count(*) FROM marts.trc_phase_coverage "
        "WHERE cell_id = 'BHXH-PH-2022' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert told == [("counted", 1), ("superseded", 2)]
    assert status(world.build(date(2022, 4, 30)), "BHXH-PH-2022", UNIT) == "covered"


def test_a_finding_on_one_row_holds_back_that_row_only() -> None:
    world = World()
    rows: list[Nominee] = [
        ("tap_the", "Phòng A"),
        ("ca_nhan", "Người A"),
        ("ca_nhan", "Người B"),
        (None, "Ai đó"),
    ]
    number = world.nominees(UNIT, "BHXH-DSDK", date(2022, 2, 1), rows, year=2022)
    world.block(number, "RD-NAM", row=10)
    night = world.build(date(2022, 12, 31))
    assert row(night, "BHXH-PH-2022", UNIT, "status, individuals_counted") == ("covered", 1)
    world.block(number, "RD-CHU-KY")
    assert row(world.build(date(2022, 12, 31)), "BHXH-PH-2022", UNIT, "status, any_counted") == ("partial", 0)


HA_QUANG = "CB-HUYEN-UY-HA-QUANG"
FIVE = [*many("tap_the", 5), *many("ca_nhan", 5)]


def _cao_bang(policies: dict[str, str], received: date, phase: str | None) -> list[str]:
    world = World(policies=policies)
    world.nominees(HA_QUANG, "CB-BDK", received, FIVE, phase)
    night = world.build(date(2024, 12, 31))
    return [status(night, cell, HA_QUANG) for cell in ("CB-DK1", "CB-DK2")]


def test_the_phase_is_the_one_the_form_declares() -> None:
    assert _cao_bang({}, date(2023, 3, 1), "CB-GD1") == ["covered", "none"]
    assert _cao_bang({}, date(2022, 3, 1), "CB-GD2") == ["none", "covered"]
    assert _cao_bang({}, date(2022, 3, 1), None) == ["none", "none"]


@pytest.mark.parametrize(
    ("policy", "received", "found"),
    [
        ("count_in_both", date(2023, 3, 1), ["covered", "covered"]),
        ("count_in_both", date(2022, 3, 1), ["covered", "none"]),
        ("half_year", date(2023, 6, 30), ["covered", "none"]),
        ("half_year", date(2023, 7, 1), ["none", "covered"]),
        ("half_year", date(2024, 3, 1), ["covered", "none"]),
    ],
)
def test_other_readings_of_2023(policy: str, received: date, found: list[str]) -> None:
    assert _cao_bang({"POL-CB-2023-OVERLAP": policy}, received, "CB-GD1") == found


def test_minima_over_the_whole_programme_are_a_policy() -> None:
    assert _cao_bang({"POL-CB-BASIS": "whole_programme"}, date(2022, 3, 1), "CB-GD1") == [
        "covered",
        "covered",
    ]


def test_namesakes_with_another_place_are_two_people() -> None:
    unit = "CB-DANG-UY-CONG-AN"
    place = "chuc_vu_don_vi_dia_chi"
    for second, found in (("Phòng PX03", "covered"), ("Phòng PX01", "partial")):
        world = World()
        two: list[Nominee] = [
            ("ca_nhan", "Nguyễn Văn A", {place: "Phòng PX01"}),
            ("ca_nhan", "Nguyễn Văn A", {place: second}),
        ]
        world.nominees(unit, "CB-BDK", date(2022, 12, 1), [*many("tap_the", 2), *two], "CB-GD1")
        assert status(world.build(date(2023, 1, 1)), "CB-DK1", unit) == found


@pytest.mark.parametrize(
    ("held_back", "signed", "first", "found"),
    [
        (False, True, FIVE, True),  # it stood from its receipt
        (True, True, FIVE, False),  # a night had found it incomplete: it did not cover the unit then
        (False, False, FIVE, False),  # nor does what nobody signed
        (False, True, FIVE[1:], False),  # one nominee came only later
    ],
)
def test_who_mends_a_remark_after_the_deadline_is_not_late_for_that(
    held_back: bool, signed: bool, first: list[Nominee], found: bool
) -> None:
    world = World(earlier_nights=[date(2022, 12, 21)])
    early = world.nominees(HA_QUANG, "CB-BDK", date(2022, 12, 20), first, "CB-GD1", is_signed=signed)
    if held_back:
        world.block(early, "CP-CB-LV-TT", on=date(2022, 12, 21))
    world.nominees(HA_QUANG, "CB-BDK", date(2023, 1, 5), FIVE, "CB-GD1", is_signed=True)
    night = world.build(date(2023, 1, 31))
    assert row(night, "CB-DK1", HA_QUANG, "status, on_time") == ("covered", found)


def test_fields_covered_in_cao_bang() -> None:
    world = World()
    fields = [*(f"CB-3.1.{number}" for number in range(1, 5)), "CB-3.1.1"]
    rows = [("tap_the", f"Mô hình {n}", {"linh_vuc": field}) for n, field in enumerate(fields)]
    rows.append(("tap_the", "Mô hình khác", {"linh_vuc": "Lĩnh vực khác"}))
    number = world.nominees(HA_QUANG, "CB-BDK", date(2022, 12, 1), rows, "CB-GD1")
    world.block(number, "CP-CB-GP-TT", nominee=4)
    night = world.build(date(2023, 1, 1))
    columns = "period, fields_total, fields_covered, coverage_pct"
    query = f"SELECT {columns} FROM marts.rpt_field_coverage WHERE programme_id = "
    assert sorted(night.execute(query + "'CB-2125'").fetchall()) == [
        ("CB-GD1", 10, 3, 30.0),
        ("CB-GD2", 10, 0, 0.0),
    ]
    assert night.execute(query + "'HCM-2125' AND period = '2023'").fetchall() == [("2023", 12, 0, 0.0)]
    assert summary(night, "CB-DK1", "units_covered") == (0,)
