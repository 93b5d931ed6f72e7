"""Worked examples of coverage, counted by hand, to the digit."""

from __future__ import annotations

from datetime import date

import pytest

from tests.coverage.world import World, many, row, status, summary


def test_bhxh_introductions_of_2022() -> None:
    a, b, c, d = units = ["BHXH-LANG-SON", "BHXH-CAO-BANG", "BHXH-HA-NOI", "BHXH-NGHE-AN"]
    world = World(units={"BHXH-GT-2022": units})
    received = date(2022, 12, 1)
    world.report(a, "BHXH-M01", received, "Người A", 2022)
    world.report(a, "BHXH-M02", received, "Phòng A1", 2022)
    world.report(a, "BHXH-M02", received, "Phòng A2", 2022)
    world.report(b, "BHXH-M02", received, "Phòng B", 2022)
    world.report(c, "BHXH-M02", received, "Phòng C", 2022)
    unsigned = world.report(c, "BHXH-M01", received, "Người C", 2022)
    world.block(unsigned, "CP-BH-KY-CN", nominee=1)
    night = world.build(date(2022, 12, 31))
    assert [status(night, "BHXH-GT-2022", unit) for unit in units] == [
        "covered",
        "partial",
        "partial",
        "none",
    ]
    assert status(night, "BHXH-GT-2022", d) == "none"
    figures = "units_expected, units_covered, coverage_pct, quota_collectives_pct, quota_individuals_pct"
    assert summary(night, "BHXH-GT-2022", figures) == (4, 1, 25.0, 75.0, 25.0)


def test_lang_son_use_of_the_cap() -> None:
    h1, h2, h3 = units = ["LS-HUYEN-BAC-SON", "LS-HUYEN-CAO-LOC", "LS-HUYEN-CHI-LANG"]
    world = World(units={"LS-HS": units})
    officer, farmer = {"nhom_doi_tuong": "can_bo_cong_chuc_vien_chuc"}, {"nhom_doi_tuong": "nong_dan"}
    received, key = date(2020, 6, 1), "LS-1620"

    def people(count: int) -> list[tuple[str, str, dict[str, str]]]:
        return [("ca_nhan", f"Người {number}", officer) for number in range(count)]

    one_farmer = [("ca_nhan", "Nông dân", farmer)]
    world.nominees(h1, "LS-M03", received, [*many("tap_the", 2), *people(2), *one_farmer], key)
    world.nominees(h2, "LS-M03", received, [*many("tap_the", 2), *people(2)], key)
    world.nominees(h3, "LS-M03", received, [*many("tap_the", 3), *one_farmer], key)
    night = world.build(date(2020, 7, 1))
    assert [status(night, "LS-HS", unit) for unit in units] == ["covered", "partial", "partial"]
    expected, valid, coverage, collectives = summary(
        night, "LS-HS", "units_expected, units_covered, coverage_pct, quota_collectives_pct"
    )
    assert (expected, valid, coverage, collectives) == (3, 1, None, 100.0)


def test_cao_bang_registrations_of_phase_1() -> None:
    ha_quang, x, y, customs = units = [
        "CB-HUYEN-UY-HA-QUANG",
        "CB-HUYEN-UY-BAO-LAM",
        "CB-DANG-UY-CONG-AN",
        "CB-DANG-UY-CUC-HAI-QUAN",
    ]
    world = World(units={"CB-DK1": units})
    in_time, late = date(2022, 12, 20), date(2022, 12, 31)
    world.nominees(ha_quang, "CB-BDK", in_time, [*many("tap_the", 5), *many("ca_nhan", 4)], "CB-GD1")
    world.nominees(x, "CB-BDK", in_time, [*many("tap_the", 3), *many("ca_nhan", 3)], "CB-GD1")
    world.nominees(y, "CB-BDK", late, [*many("tap_the", 2), *many("ca_nhan", 2)], "CB-GD1")
    world.nominees(customs, "CB-BDK", in_time, many("ca_nhan", 1), "CB-GD1")
    night = world.build(date(2023, 1, 15))
    assert [row(night, "CB-DK1", unit, "status, on_time") for unit in units] == [
        ("partial", False),
        ("covered", True),
        ("covered", False),
        ("covered", True),
    ]
    figures = "coverage_pct, units_on_time, on_time_pct, quota_individuals_pct"
    assert summary(night, "CB-DK1", figures) == (75.0, 2, 50.0, 90.0)


def test_hcm_three_fields_of_2023() -> None:
    a, b, m = (
        "HCM-SO-LAO-DONG-THUONG-BINH-VA-XA-HOI",
        "HCM-LIEN-DOAN-LAO-DONG",
        "HCM-SO-THONG-TIN-VA-TRUYEN-THONG",
    )
    world, received = World(), date(2023, 10, 1)
    world.nominees(a, "HCM-DSDK", received, many("gia_dinh", 12, linh_vuc="HCM-a"), year=2023)
    five_and_four = [*many("tap_the", 5, linh_vuc="HCM-b"), *many("ca_nhan", 4, linh_vuc="HCM-b")]
    world.nominees(b, "HCM-DSDK", received, five_and_four, year=2023)
    world.nominees(m, "HCM-DSDK", received, many("ca_nhan", 3, linh_vuc="HCM-m"), year=2023)
    night = world.build(date(2023, 12, 31))
    figures = [summary(night, f"HCM-LV-{letter}-2023", "units_covered, units_expected") for letter in "abm"]
    assert 100 * sum(c for c, _ in figures) / sum(e for _, e in figures) == pytest.approx(66.7, abs=0.05)
    assert row(night, "HCM-LV-a-2023", a, "status, households_counted, households_required") == (
        "covered",
        12,
        10,
    )
    assert status(night, "HCM-LV-b-2023", b) == "partial"
    assert summary(night, "HCM-LV-b-2023", "quota_collectives_pct, quota_individuals_pct") == (100.0, 80.0)
