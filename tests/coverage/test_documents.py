"""Cells that ask for documents: which one counts, from when, and what holds it back."""

from __future__ import annotations

from datetime import date

import pytest

from tests.coverage.world import World, many, row, status, summary

UNIT = "BHXH-LANG-SON"


def test_a_document_covers_on_time_or_late() -> None:
    world = World()
    world.document(UNIT, "DOC-KEHOACH", date(2021, 9, 29))
    world.document("BHXH-CAO-BANG", "DOC-KEHOACH", date(2021, 9, 30))
    night = world.build(date(2021, 12, 31))
    columns = "status, on_time, deadline, first_received_on, collectives_counted"
    assert row(night, "BHXH-KH", UNIT, columns) == (
        "covered",
        True,
        date(2021, 9, 30),
        date(2021, 9, 29),
        None,
    )
    # «trước ngày 30/9» ends on the 29th
    assert row(night, "BHXH-KH", "BHXH-CAO-BANG", "status, on_time") == ("covered", False)
    assert row(night, "BHXH-KH", "BHXH-HA-NOI", "status, on_time") == ("none", False)


def test_policy_counts_the_named_day_itself() -> None:
    world = World(policies={"POL-TRUOC-NGAY": "inclusive"})
    world.document(UNIT, "DOC-KEHOACH", date(2021, 9, 30))
    assert row(world.build(date(2021, 12, 31)), "BHXH-KH", UNIT, "on_time") == (True,)


def test_a_plan_sent_again_stands_from_its_first_receipt() -> None:
    world = World()
    world.document(UNIT, "DOC-KEHOACH", date(2021, 9, 20))
    world.document(UNIT, "DOC-KEHOACH", date(2021, 11, 20))
    assert row(world.build(date(2021, 12, 31)), "BHXH-KH", UNIT, "status, on_time") == ("covered", True)


def test_a_plan_dated_2025_is_for_the_conference() -> None:
    world = World()
    world.document(UNIT, "DOC-KEHOACH", date(2025, 2, 1))
    world.document("BHXH-CAO-BANG", "DOC-TONGKET", date(2025, 4, 1))
    night = world.build(date(2025, 12, 31))
    assert status(night, "BHXH-TK", UNIT) == "covered"
    assert status(night, "BHXH-KH", UNIT) == "none"
    assert row(night, "BHXH-TK", "BHXH-CAO-BANG", "status, on_time") == ("covered", False)


def test_a_report_titled_with_an_earlier_year_is_not_the_final_one() -> None:
    world = World()
    world.document(UNIT, "DOC-TONGKET", date(2023, 1, 10), title_year=2022)
    night = world.build(date(2025, 12, 31))
    assert status(night, "BHXH-TK", UNIT) == "none"
    told = night.execute(
        "SELECT reason FROM marts.trc_phase_coverage WHERE cell_id = 'BHXH-TK' AND unit_code = ?", [UNIT]
    ).fetchall()
    assert told == [("other_period",)]


BAO_LAM, QUAN_3 = "CB-HUYEN-UY-BAO-LAM", "HCM-QUAN-3"


@pytest.mark.parametrize(
    ("cell", "unit", "form", "day", "title", "found"),
    [
        # 000:117 the review of the plan, not the half-year report of 000:109
        ("BHXH-SK", UNIT, "DOC-SOKET", date(2023, 6, 1), "BÁO CÁO SƠ KẾT thi đua năm 2023", "none"),
        ("BHXH-SK", UNIT, "DOC-SOKET", date(2023, 6, 1), "BÁO CÁO SƠ KẾT Kế hoạch 1935/KH-BHXH", "covered"),
        ("BHXH-SK", UNIT, "DOC-SOKET", date(2023, 6, 1), "BÁO CÁO SƠ KẾT giai đoạn 2021-2025", "covered"),
        # 003:150 and 003:168
        ("CB-TK", BAO_LAM, "DOC-TONGKET", date(2025, 12, 1), "BÁO CÁO TỔNG KẾT công tác tuyên giáo", "none"),
        ("CB-TK", BAO_LAM, "DOC-TONGKET", date(2025, 12, 1), "BÁO CÁO TỔNG KẾT mô hình tiêu biểu", "covered"),
        ("HCM-TK", QUAN_3, "DOC-TONGKET", date(2025, 3, 1), "BÁO CÁO TỔNG KẾT công tác thi đua", "none"),
        ("HCM-TK", QUAN_3, "DOC-TONGKET", date(2025, 3, 1), "BÁO CÁO TỔNG KẾT gương điển hình", "covered"),
        ("HCM-SK", QUAN_3, "DOC-BCKY", date(2023, 3, 1), "BÁO CÁO điển hình tiên tiến quý I", "none"),
        ("CB-BC-2024", BAO_LAM, "DOC-BCKY", date(2024, 8, 5), "BÁO CÁO giá tháng 7 năm 2024", "none"),
    ],
)  # fmt: skip
def test_a_review_counts_when_its_title_names_the_subject_or_the_phase(
    cell: str, unit: str, form: str, day: date, title: str, found: str
) -> None:
    world = World()
    world.document(unit, form, day, title=title)
    assert status(world.build(date(2025, 12, 31)), cell, unit) == found


def test_annual_reports_by_their_year() -> None:
    world, unit = World(), "CB-HUYEN-UY-HA-QUANG"
    world.document(unit, "DOC-BCNAM", date(2024, 1, 5), title_year=2023)
    night = world.build(date(2024, 12, 31))
    found = [status(night, f"CB-BC-{year}", unit) for year in range(2022, 2026)]
    assert found == ["none", "covered", "none", "not_due"]
    assert row(night, "CB-BC-2023", unit, "on_time, deadline") == (None, None)


def test_hcm_plan_and_list_are_both_needed() -> None:
    world, unit = World(), "HCM-QUAN-1"
    world.document(unit, "DOC-KEHOACH", date(2021, 12, 20))
    assert status(world.build(date(2022, 1, 31)), "HCM-DK", unit) == "partial"
    listed = world.nominees(unit, "HCM-DSDK", date(2022, 1, 10), many("tap_the", 2), year=2022)
    night = world.build(date(2022, 1, 31))
    # both together came after 31/12/2021
    columns = "status, on_time, first_received_on"
    assert row(night, "HCM-DK", unit, columns) == ("covered", False, date(2021, 12, 20))
    world.block(listed, "CP-HCM-LINHVUC", nominee=1)
    assert status(world.build(date(2022, 1, 31)), "HCM-DK", unit) == "covered", "one usable row is a list"
    world.block(listed, "CP-HCM-LINHVUC", nominee=2)
    night = world.build(date(2022, 1, 31))
    assert status(night, "HCM-DK", unit) == "partial"
    told = night.execute(
        "SELECT form_id, reason, blocking_rules FROM marts.trc_phase_coverage "
        "WHERE cell_id = 'HCM-DK' AND unit_code = ? ORDER BY requirement_no",
        [unit],
    ).fetchall()
    assert told == [("HCM-DSDK", "blocked", "CP-HCM-LINHVUC"), ("DOC-KEHOACH", "counted", None)]


def test_the_list_of_the_plan_stands_though_the_list_of_the_year_replaced_it() -> None:
    world, unit = World(), "HCM-SO-Y-TE"
    world.document(unit, "DOC-KEHOACH", date(2021, 12, 20))
    world.nominees(unit, "HCM-DSDK", date(2021, 12, 20), many("tap_the", 2), year=2022)
    world.nominees(unit, "HCM-DSDK", date(2022, 3, 1), many("tap_the", 5), year=2022)
    assert row(world.build(date(2022, 12, 31)), "HCM-DK", unit, "status, on_time") == ("covered", True)


def test_an_empty_list_covers_nothing() -> None:
    world, unit = World(), "HCM-QUAN-1"
    world.document(unit, "DOC-KEHOACH", date(2021, 12, 20))
    world.part(unit, "HCM-DSDK", date(2021, 12, 20), rows_read=0)
    assert status(world.build(date(2022, 1, 31)), "HCM-DK", unit) == "partial"


def test_lang_son_report_needs_the_table_and_nothing_blocking() -> None:
    world, unit = World(), "LS-SO-Y-TE"
    world.part(unit, "LS-M01", date(2020, 5, 1), "LS-1620")
    night = world.build(date(2020, 6, 1))
    assert status(night, "LS-BC", unit) == "partial"
    missing = night.execute(
        "SELECT form_id, reason_vi FROM marts.trc_phase_coverage "
        "WHERE cell_id = 'LS-BC' AND reason = 'missing' AND unit_code = ?",
        [unit],
    ).fetchall()
    assert missing == [("LS-M02", "Chưa nhận được văn bản hoặc biểu mẫu mà ô này yêu cầu")]
    table = world.part(unit, "LS-M02", date(2020, 5, 2), "LS-1620")
    assert row(world.build(date(2020, 6, 1)), "LS-BC", unit, "status, on_time") == ("covered", None)
    world.block(table, "CP-LS-M02-TONG", row=3)
    assert status(world.build(date(2020, 6, 1)), "LS-BC", unit) == "partial"


def test_conferences_by_the_day_they_met() -> None:
    world, unit = World(), "LS-HUYEN-BAC-SON"
    world.document(unit, "DOC-HOINGHI", date(2020, 2, 20), document_date=date(2020, 1, 31))
    night = world.build(date(2020, 6, 1))
    assert row(night, "LS-HNX", unit, "status, on_time") == ("covered", True)
    assert row(night, "LS-HN", unit, "status, on_time, deadline") == ("covered", None, None)
    world.congress[unit] = date(2020, 1, 31)
    assert row(world.build(date(2020, 6, 1)), "LS-HN", unit, "status, on_time") == ("covered", False)
    world.congress[unit] = date(2020, 2, 1)
    assert row(world.build(date(2020, 6, 1)), "LS-HN", unit, "status, on_time") == ("covered", True)


@pytest.mark.parametrize(
    ("title", "found"), [("BIÊN BẢN HỘI  NGHỊ điển hình tiên tiến", "covered"), ("BIÊN BẢN HỌP XÉT", "none")]
)
def test_minutes_count_when_they_are_of_a_conference(title: str, found: str) -> None:
    world, unit = World(), "LS-SO-GIAO-DUC-VA-DAO-TAO"
    world.document(unit, "DOC-BIENBAN", date(2020, 3, 1), title=title)
    night = world.build(date(2020, 6, 1))
    assert status(night, "LS-HNT", unit) == found
    # the day of the meeting is not known, so nobody can say whether it was on time
    assert row(night, "LS-HNT", unit, "on_time") == ((None,) if found == "covered" else (False,))


def test_who_is_expected_and_what_a_placeholder_list_gives() -> None:
    night = World().build(date(2025, 12, 31))
    assert summary(night, "LS-HNT", "units_expected, units_covered, coverage_pct") == (4, 0, 0.0)
    expected, percentage = summary(night, "BHXH-KC-2023", "units_expected, coverage_pct")
    assert expected > 0, "placeholders are shown"
    assert percentage is None
    night.execute("DELETE FROM ref.coverage_expected WHERE cell_id = 'CB-KH'")
    from pipelines.transform.compiled import build_models

    build_models(night, ["rpt_phase_coverage_summary"])
    assert summary(night, "CB-KH", "units_expected, coverage_pct, on_time_pct") == (0, None, None)
