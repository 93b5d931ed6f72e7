"""The page of nights: slow stages are named, held-back nights counted; what is usual is a view's."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import duckdb
import pytest

from dashboards.nights import is_slow
from dashboards.pages import operations
from dashboards.snapshot import Row
from pipelines.publish.nights import make_views


def stage(name: str, seconds: float, usual: float | None) -> Row:
    return {"run_id": "r", "stage": name, "seconds": seconds, "peak_mb": 300, "usual_seconds": usual}


def night(day: int, seconds: float = 1.0, usual: float | None = None, published: bool = True) -> Row:
    return {
        "run_id": str(day), "as_of": date(2026, 1, day), "published": published, "seconds": seconds,
        "peak_mb": 300, "usual_seconds": usual, "reason": "" if published else "Giảm",
    }  # fmt: skip


def told(nights: list[Row], stages: list[Row]) -> list[str]:
    return [getattr(one, "striptags", lambda one=one: one)() for one in operations._sentences(nights, stages)]


def test_a_slow_stage_is_named() -> None:
    rows = [stage("intake", 31.0, 10.0), stage("gate", 0.1, 0.1)]
    assert told([night(7), night(8, 31.1, 10.1)], rows) == [
        "Đêm 08/01/2026 chạy 31,1 giây đến lúc công bố; bình thường các bước ấy mất 10,1 giây.",
        "Chậm hơn hẳn mọi khi: intake.",
        "Bước lâu nhất: intake, 31 giây (mọi khi 10 giây).",
    ]


@pytest.mark.parametrize("seconds", [0.1, 14.0, 19.9])
def test_a_stage_a_little_slower_is_not(seconds: float) -> None:
    assert not is_slow(stage("intake", seconds, 10.0))


def test_a_first_night_is_compared_with_nothing_and_one_held_back_is_counted() -> None:
    said = told([night(1, published=False), night(2, 10.0)], [stage("intake", 10.0, None)])
    assert "Đêm 02/01/2026 chạy 10 giây đến lúc công bố; chưa có đêm trước để so." in said
    assert "Bước lâu nhất: intake, 10 giây." in said
    assert "1 trong 2 đêm gần nhất không công bố." in said


def test_without_nights_the_page_says_so() -> None:
    assert told([], []) == ["Chưa có đêm nào được ghi lại."]


def test_what_is_usual_is_the_middle_of_the_published_nights_before() -> None:
    connection = duckdb.connect()
    connection.execute(
        "CREATE SCHEMA meta; CREATE TABLE meta.nights (as_of DATE, run_id TEXT, started_at TIMESTAMPTZ, "
        "ended_at TIMESTAMPTZ, published BOOLEAN, reason TEXT, figures TEXT, stages TEXT)"
    )
    first = datetime(2026, 1, 1, 2, 0)
    nights = [
        (10.04, True, ["intake"]), (500.0, False, ["intake"]), (12.0, True, ["intake", "intake"]),
        (14.0, True, ["intake"]), (31.16, True, ["intake", "gate"]),
    ]  # fmt: skip
    for number, (seconds, published, names) in enumerate(nights):
        stages = json.dumps([{"name": name, "seconds": seconds, "peak_mb": 300.4} for name in names])
        connection.execute(
            "INSERT INTO meta.nights BY NAME "
            "SELECT ? AS run_id, ? AS started_at, ? AS published, ? AS stages",
            [str(number), first + timedelta(days=number), published, stages],
        )
    connection.execute(
        "INSERT INTO meta.nights BY NAME SELECT 'x' AS run_id, TIMESTAMPTZ '2026-02-01' AS started_at"
    )
    make_views(connection)
    stages = connection.execute("SELECT * FROM meta.night_stages ORDER BY run_id, stage").fetchall()
    assert stages == [
        ("0", "intake", 10.0, 300, None),
        ("1", "intake", 500.0, 300, 10.0),
        ("2", "intake", 24.0, 300, 10.0),
        ("3", "intake", 14.0, 300, 17.0),
        ("4", "gate", 31.2, 300, None),
        ("4", "intake", 31.2, 300, 14.0),
    ]
    columns = "run_id, published, seconds, peak_mb, usual_seconds"
    times = connection.execute(f"SELECT {columns} FROM meta.night_times ORDER BY run_id").fetchall()
    assert times[0] == ("0", True, 10.0, 300, None)
    assert times[4:] == [("4", True, 62.4, 300, 45.2), ("x", False, 0.0, 0, None)]
