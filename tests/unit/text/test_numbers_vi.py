import contextlib
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.text.numbers_vi import NumberProblem, format_number, format_percent, parse_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1.234,5", 1234.5), ("05", 5), ("1.381", 1381), ("65,21%", 65.21), ("1 234", 1234),
        ("1\u00a0234.567", 1234567), ("12.345.678", 12345678), ("-5", -5), ("0,50", 0.5), (" 7 ", 7),
        (12.0, 12), (3.5, 3.5), (0, 0), ("7,0", 7),
    ],
)  # fmt: skip
def test_parse(written: object, number: float) -> None:
    parsed = parse_number(written)
    assert parsed == number
    assert isinstance(parsed, int) == (number == int(number))


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "trong"), (None, "trong"), ("  ", "trong"), ("1.5", "dau_cham"), ("1234.567", "dau_cham"),
        ("1.234.56", "dau_cham"), ("1,2,3", "dau_phay"), ("mười", "khong_phai_so"),
        ("5 người", "khong_phai_so"),
        (True, "khong_phai_so"), (math.nan, "khong_phai_so"), (math.inf, "khong_phai_so"),
        ("٣", "khong_phai_so"), ("9" * 5000, "qua_dai"),
    ],
)  # fmt: skip
def test_refuse_what_could_be_read_in_two_ways(written: object, reason: str) -> None:
    with pytest.raises(NumberProblem) as caught:
        parse_number(written)
    assert caught.value.reason == reason


@settings(max_examples=60)
@given(st.integers(-(10**15), 10**15))
def test_whole_numbers_come_back(number: int) -> None:
    assert parse_number(format_number(number)) == number


@settings(max_examples=60)
@given(st.decimals(-(10**9), 10**9, places=2).map(float))
def test_decimals_come_back(number: float) -> None:
    assert parse_number(format_number(number, 2)) == pytest.approx(number)


@settings(max_examples=60)
@given(st.text(max_size=30) | st.text("0123456789., -%", max_size=20))
def test_no_text_raises_anything_else(text: str) -> None:
    with contextlib.suppress(NumberProblem):
        assert isinstance(parse_number(text), (int, float))


def test_format() -> None:
    assert format_number(1234567.5) == "1.234.567,5"
    assert format_number(12480) == "12.480"
    assert format_number(0.125, 2) == "0,13"
    assert format_number(-0.001, 1) == "0,0"
    assert format_number(100.0) == "100"
    assert format_percent(71.43) == "71,4%"
