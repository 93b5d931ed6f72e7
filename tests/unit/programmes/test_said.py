"""Days, numbers and periods as documents say them."""

from __future__ import annotations

import pytest

from pipelines.programmes.said import Bounds, Due, bounds, due, period


@pytest.mark.parametrize(
    ("said", "day", "wording"),
    [
        ("12-15", "{year}-12-15", "exclusive"),
        ("15/12", "{year}-12-15", "exclusive"),
        ("trước ngày 15/12", "{year}-12-15", "exclusive"),
        ("Trước 5/1", "{year}-01-05", "exclusive"),
        ("chậm nhất ngày 15/12", "{year}-12-15", "inclusive"),
        ("đến hết ngày 31/3", "{year}-03-31", "inclusive"),
        ("không quá 31/3", "{year}-03-31", "inclusive"),
        ("chậm nhất 15/01 năm sau", "{next_year}-01-15", "inclusive"),
        ("Quý I hằng năm", "{year}-03-31", "inclusive"),
        ("trong tháng 2", "{year}-02-28", "inclusive"),
    ],
)
def test_a_day_of_every_year(said: str, day: str, wording: str) -> None:
    assert due(said, yearly=True, usual="exclusive") == Due(day, wording)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "day", "wording"),
    [
        ("2028-09-30", "2028-09-30", "inclusive"),
        ("30/9/2028", "2028-09-30", "inclusive"),
        ("trước ngày 30/9/2028", "2028-09-30", "exclusive"),
        ("hết 30/09/2028", "2028-09-30", "inclusive"),
        ("trong quý I năm 2028", "2028-03-31", "inclusive"),
        ("quý IV/2028", "2028-12-31", "inclusive"),
        ("trong tháng 2 năm 2028", "2028-02-29", "inclusive"),
    ],
)
def test_a_day_that_comes_once(said: str, day: str, wording: str) -> None:
    assert due(said, yearly=False, usual="inclusive") == Due(day, wording)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "yearly"),
    [
        ("31/02", True),
        ("29/02", True),
        ("31/3/2026", True),
        ("31/3", False),
        ("quý III", False),
        ("quý V", True),
        ("tháng 13", True),
        ("trong quý I năm 2028", True),
        ("sau 31/3", True),
        ("khoảng 31/3", True),
        ("31/3 hằng tháng", True),
        ("31/3/2026 năm sau", False),
        ("", True),
    ],
)
def test_what_is_no_day_is_refused(said: str, yearly: bool) -> None:
    with pytest.raises(ValueError, match="«"):
        due(said, yearly=yearly, usual="exclusive")


@pytest.mark.parametrize(
    ("said", "bare", "meant"),
    [
        ("02", "least", Bounds(2)),
        (3, "least", Bounds(3)),
        ("3", "most", Bounds(None, 3)),
        ("ít nhất 02", "most", Bounds(2)),
        ("tối thiểu 2", "most", Bounds(2)),
        ("02 trở lên", "least", Bounds(2)),
        ("02 trở lên", "most", Bounds(2)),
        ("từ 02 trở lên", "most", Bounds(2)),
        ("không quá 20%", "least", Bounds(None, 20)),
        ("từ 01 đến 03", "least", Bounds(1, 3)),
        ("ít nhất 1 không quá 3", "least", Bounds(1, 3)),
        ("đúng 01", "least", Bounds(1, 1)),
        ("trên 5", "least", Bounds(5, None, True)),
        ("dưới 5", "least", Bounds(None, 4)),
    ],
)
def test_numbers(said: object, bare: str, meant: Bounds) -> None:
    assert bounds(said, bare=bare) == meant  # type: ignore[arg-type]


@pytest.mark.parametrize("said", ["nhiều", "khoảng 5", "từ 5 đến 3", "ít nhất 2 tập thể", "-2", "2,5", ""])
def test_what_is_no_number_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="«"):
        bounds(said, bare="least")


def test_periods() -> None:
    assert period("Quý 1") == ("quý I", "quý 1", "quý một")
    assert "sáu tháng đầu năm" in period("6 tháng đầu năm")
    assert period("tháng 11") == ("tháng 11",)
