from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text.dates_vi import find_dates, format_date, parse_date

DAY = date(2020, 6, 5)


@pytest.mark.parametrize(
    "written",
    [
        "05/06/2020", "5-6-2020", "5.6.2020", "2020-06-05", "2020-06-05T00:00:00", "05/06/2020 00:00:00",
        "05 / 6 / 2020", DAY, datetime(2020, 6, 5, 8, 30), 43987, 43987.0, "43987", "ngày 5 tháng 6 năm 2020",
        "NGÀY 05 THÁNG 06 NĂM 2020",
        "(Kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 6 năm 2020 của UBND tỉnh)",
        "Quyết định số 12 ngày 05/6/2020", "nga\u0300y 5 tha\u0301ng 6 na\u0306m 2020",
        "\u00a005/06/2020",
    ],
)  # fmt: skip
def test_days(written: object) -> None:
    reading = parse_date(written)
    assert (reading.day, reading.year, reading.problem) == (DAY, 2020, None)


@pytest.mark.parametrize(
    ("written", "year"),
    [(2019, 2019), (2019.0, 2019), ("2019", 2019), ("Năm 2019", 2019), ("2018-2019", 2019),
     ("2018 – 2019", 2019),
     ("Năm học 2018-2019", 2019)],
)  # fmt: skip
def test_years(written: object, year: int) -> None:
    reading = parse_date(written)
    assert (reading.day, reading.year, reading.problem) == (None, year, None)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("31/02/2019", "khong_co_trong_lich"), ("02/13/2020", "khong_co_trong_lich"),
        ("05/06/20", "nam_hai_chu_so"), ("6/2020", "thieu_ngay"), ("2016-2020", "khoang_nam"),
        ("Lạng Sơn, ngày … tháng … năm 2020", "de_trong"), ("", "trong"), (None, "trong"),
        ("ngày 1 tháng 2 năm 2020 và ngày 2 tháng 2 năm 2020", "nhieu_ngay"),
        ("ngày 31 tháng 02 năm 2019", "khong_co_trong_lich"), ("sau này", "khong_doc_duoc"),
        (True, "khong_doc_duoc"), (7, "khong_doc_duoc"), (float("nan"), "khong_doc_duoc"),
        (1e300, "khong_doc_duoc"), ("05/06-2020", "khong_doc_duoc"), ("0000", "khong_doc_duoc"),
    ],
)  # fmt: skip
def test_problems(written: object, problem: str) -> None:
    reading = parse_date(written)
    assert (reading.day, reading.year, reading.problem) == (None, None, problem)


@settings(max_examples=60)
@given(st.dates(date(1930, 1, 1), date(2100, 12, 31)))
def test_every_day_comes_back_in_every_form(day: date) -> None:
    serial = (datetime(day.year, day.month, day.day) - datetime(1899, 12, 30)) // timedelta(days=1)
    for written in (
        format_date(day),
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        day.isoformat(),
        day,
        serial,
    ):
        assert parse_date(written).day == day


@settings(max_examples=60)
@given(st.text(max_size=40) | st.text("0123456789/-. ngàythángnăm", max_size=30))
def test_any_text_gives_exactly_one_answer(text: str) -> None:
    reading = parse_date(text)
    assert (reading.problem is None) == (reading.year is not None)


def test_dates_in_a_text_come_in_order() -> None:
    found = find_dates("số 1 ngày 05/6/2020, số 2 ngày 31 tháng 12 năm 2019, số 3 ngày 30/02/2020")
    assert [reading.day for reading in found] == [DAY, date(2019, 12, 31), None]
    assert found[2].problem == "khong_co_trong_lich"


def test_format() -> None:
    assert format_date(DAY) == "05/06/2020"
