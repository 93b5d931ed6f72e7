"""The page of nights: slow stages are named, held-back nights are shown with their reason."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.nights import Night, Stage, compared
from dashboards.pages import operations


def night(day: int, seconds: float, published: bool = True, over: bool = True) -> Night:
    stages = (Stage("intake", seconds, 300.0), Stage("gate", 0.1, 310.0))
    return Night(date(2026, 1, day), over, published, "" if published else "Lượt khen thưởng giảm", stages)


def test_a_slow_stage_is_named() -> None:
    nights = [*(night(day, 10.0) for day in range(1, 8)), night(8, 31.0, over=False)]
    slow = [one.stage.name for one in compared(nights) if one.is_slow]
    assert slow == ["intake"]
    told = " ".join(operations._sentences(nights, compared(nights)))
    assert told == (
        "Đêm 08/01/2026 chạy 31,1 giây đến lúc công bố; bình thường các bước ấy mất 10,1 giây. "
        "Chậm hơn hẳn mọi khi: intake. Bước lâu nhất: intake, 31 giây (mọi khi 10 giây)."
    )


@pytest.mark.parametrize("seconds", [0.1, 14.0, 19.9])
def test_a_stage_a_little_slower_is_not(seconds: float) -> None:
    nights = [night(1, 10.0), night(2, seconds)]
    assert not any(one.is_slow for one in compared(nights))


def test_nights_held_back_are_no_measure_and_are_shown() -> None:
    nights = [night(1, 500.0, published=False), night(2, 10.0)]
    assert [one.usual for one in compared(nights)] == [None, None]
    assert "1 trong 2 đêm gần nhất không công bố." in operations._sentences(nights, compared(nights))


def test_without_nights_the_page_says_so() -> None:
    assert operations._sentences([], []) == ["Chưa có đêm nào được ghi lại."]
