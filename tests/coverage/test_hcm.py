"""TP.HCM: whose rows count for a field, joint quotas, localities, and the quota of the whole period."""

from __future__ import annotations

from datetime import date

from tests.coverage.world import World, many, row, status, summary

FARMING, FARMERS = "HCM-SO-NONG-NGHIEP-VA-PHAT-TRIEN-NONG-THON", "HCM-HOI-NONG-DAN"
FRONT = "HCM-UY-BAN-MAT-TRAN-TO-QUOC-VIET-NAM"
RECEIVED, END = date(2022, 9, 1), date(2022, 12, 31)


def test_field_d_adds_the_farmers_association() -> None:
    world = World()
    world.nominees(FARMING, "HCM-DSDK", RECEIVED, many("tap_the", 2, linh_vuc="HCM-d"), year=2022)
    others = [*many("tap_the", 2, "HND ", linh_vuc="HCM-d"), *many("ca_nhan", 2, "HND ", linh_vuc="HCM-d")]
    world.nominees(FARMERS, "HCM-DSDK", RECEIVED, others, year=2022)
    columns = "status, collectives_counted, individuals_counted"
    assert row(world.build(END), "HCM-LV-d-2022", FARMING, columns) == ("covered", 4, 2)
    each = World(policies={"POL-HCM-JOINT-D": "per_lead"}, rows=world.rows).build(END)
    assert row(each, "HCM-LV-d-2022", FARMING, columns) == ("partial", 2, 0)
    assert row(each, "HCM-LV-d-2022", FARMERS, columns) == ("partial", 2, 2)


def test_field_i_adds_the_localities_and_counts_names_once() -> None:
    world = World()
    world.nominees("HCM-QUAN-1", "HCM-DSDK", RECEIVED, many("ca_nhan", 2, linh_vuc="HCM-i"), year=2022)
    world.nominees("HCM-QUAN-3", "HCM-DSDK", RECEIVED, many("ca_nhan", 2, linh_vuc="HCM-i"), year=2022)
    assert row(world.build(END), "HCM-LV-i-2022", FRONT, "status, any_counted") == ("partial", 2)
    world.nominees("HCM-TP-THU-DUC", "HCM-DSDK", RECEIVED, many("gia_dinh", 1, linh_vuc="HCM-i"), year=2022)
    night = world.build(END)
    assert row(night, "HCM-LV-i-2022", FRONT, "status, any_counted") == ("covered", 3)
    assert summary(night, "HCM-LV-i-2022", "units_expected, units_covered") == (1, 1)
    told = night.execute(
        "SELECT counted_unit_code, reason FROM marts.trc_phase_coverage "
        "WHERE cell_id = 'HCM-LV-i-2022' ORDER BY ALL"
    ).fetchall()
    assert told == [
        *([("HCM-QUAN-1", "counted")] * 2),
        *([("HCM-QUAN-3", "repeated")] * 2),
        ("HCM-TP-THU-DUC", "counted"),
    ]


def test_field_c_is_asked_of_every_locality_for_collectives() -> None:
    world = World()
    world.nominees("HCM-TP-THU-DUC", "HCM-DSDK", RECEIVED, many("tap_the", 3, linh_vuc="HCM-c"), year=2022)
    persons = [*many("tap_the", 2, linh_vuc="HCM-c"), *many("ca_nhan", 5, linh_vuc="HCM-c")]
    world.nominees("HCM-QUAN-1", "HCM-DSDK", RECEIVED, persons, year=2022)
    night = world.build(END)
    assert summary(night, "HCM-LV-c-2022", "units_expected, units_covered") == (22, 1)
    assert row(night, "HCM-LV-c-2022", "HCM-QUAN-1", "status, collectives_counted") == ("partial", 2)


def test_only_the_lead_agency_and_the_year_count() -> None:
    world, lead = World(), "HCM-SO-Y-TE"
    five = [*many("tap_the", 5, linh_vuc="HCM-e"), *many("ca_nhan", 5, linh_vuc="HCM-e")]
    world.nominees("HCM-QUAN-1", "HCM-DSDK", RECEIVED, five, year=2022)
    assert status(world.build(END), "HCM-LV-e-2022", lead) == "none"
    world.nominees(lead, "HCM-DSDK", RECEIVED, five, year=2022)
    night = world.build(date(2023, 12, 31))
    assert status(night, "HCM-LV-e-2022", lead) == "covered"
    assert status(night, "HCM-LV-e-2023", lead) == "none"


def test_the_whole_period_counts_each_name_once_over_the_years() -> None:
    world, unit = World(), "HCM-QUAN-1"
    world.nominees(unit, "HCM-DSDK", date(2022, 5, 1), many("tap_the", 6, linh_vuc="HCM-c"), year=2022)
    again = [*many("tap_the", 6, linh_vuc="HCM-c"), *many("ca_nhan", 3, linh_vuc="HCM-i")]
    world.nominees(unit, "HCM-DSDK", date(2023, 5, 1), again, year=2023)
    columns = "status, any_required, any_counted"
    assert row(world.build(date(2025, 12, 31)), "HCM-DV", unit, columns) == ("partial", 10, 9)
    world.nominees(unit, "HCM-DSDK", date(2024, 5, 1), many("gia_dinh", 1, linh_vuc="HCM-a"), year=2024)
    # covered before it is due; the same example counts in its field and year too
    night = world.build(date(2024, 12, 31))
    assert row(night, "HCM-DV", unit, columns) == ("covered", 10, 10)
    assert status(night, "HCM-LV-c-2023", unit) == "covered"
