"""The page of nights: slow stages are named, held-back nights counted; what is usual: dbt's unit tests."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.nights import ALL, is_slow
from dashboards.pages import operations
from dashboards.snapshot import Row


def stage(name: str, seconds: float, usual: float | None) -> Row:
    return {"stage": name, "seconds": seconds, "peak_mb": 300, "usual_seconds": usual}


def stages(*rows: Row) -> dict[str, Row]:
    known = [row["usual_seconds"] for row in rows if row["usual_seconds"] is not None]
    run = stage(ALL, sum(row["seconds"] for row in rows), sum(known) if known else None)
    return {row["stage"]: row for row in (run, *rows)}


def night(day: int, published: bool = True) -> Row:
    return {"as_of": date(2026, 1, day), "published": published, "reason": "" if published else "Giảm"}


def told(nights: list[Row], rows: dict[str, Row]) -> list[str]:
    return [getattr(one, "striptags", lambda one=one: one)() for one in operations._sentences(nights, rows)]


def test_a_slow_stage_is_named() -> None:
    rows = stages(stage("intake", 31.0, 10.0), stage("gate", 0.1, 0.1))
    assert told([night(7), night(8)], rows) == [
        "Đêm 08/01/2026 chạy 31,1 giây đến lúc công bố; bình thường các bước ấy mất 10,1 giây.",
        "Chậm hơn hẳn mọi khi: intake.",
        "Bước lâu nhất: intake, 31 giây (mọi khi 10 giây).",
    ]


@pytest.mark.parametrize("seconds", [0.1, 14.0, 19.9])
def test_a_stage_a_little_slower_is_not(seconds: float) -> None:
    assert not is_slow(stage("intake", seconds, 10.0))


def test_a_first_night_is_compared_with_nothing_and_one_held_back_is_counted() -> None:
    said = told([night(1, published=False), night(2)], stages(stage("intake", 10.0, None)))
    assert "Đêm 02/01/2026 chạy 10 giây đến lúc công bố; chưa có đêm trước để so." in said
    assert "Bước lâu nhất: intake, 10 giây." in said
    assert "1 trong 2 đêm gần nhất không công bố." in said


def test_without_nights_the_page_says_so() -> None:
    assert operations._sentences([], {}) == ["Chưa có đêm nào được ghi lại."]
