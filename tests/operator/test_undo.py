"""A night that was held back leaves no trace in the life of findings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.common.paths import Home
from pipelines.night.undo import undo
from pipelines.publish.snapshot import dated
from pipelines.warehouse import staging

FIRST, SECOND = date(2026, 1, 1), date(2026, 1, 2)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The first night found two things and was published; the second found nothing and was held back."""
    home = Home(tmp_path)
    with staging.opened(home.staging) as connection:
        staging.prepare(connection)
        for finding in ("a", "b"):
            connection.execute(
                "INSERT INTO quality.finding_nights BY NAME "
                "SELECT ? AS as_of, ? AS finding_id, 'Thiếu năm' AS message_vi",
                [FIRST, finding],
            )
        connection.execute("INSERT INTO quality.nights VALUES (?, 'x'), (?, 'y')", [FIRST, SECOND])
    return home


def _keep(home: Home, night: date) -> None:
    home.snapshots.mkdir(parents=True)
    with duckdb.connect(str(dated(home, night))) as connection:
        connection.execute("CREATE SCHEMA marts")
        connection.execute(
            "CREATE TABLE marts.fct_findings AS SELECT 'a' AS finding_id, 'Thiếu năm' AS message_vi, "
            "'open' AS status, ?::DATE AS last_seen_on "
            "UNION ALL SELECT 'z', 'Đã sửa', 'fixed', DATE '2025-12-01'",
            [night],
        )


def _remembered(home: Home) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    with duckdb.connect(str(home.staging), read_only=True) as connection:
        findings = "SELECT as_of, finding_id, message_vi FROM quality.finding_nights ORDER BY ALL"
        return (
            connection.execute(findings).fetchall(),
            connection.execute("FROM quality.nights ORDER BY ALL").fetchall(),
        )


def test_a_new_date_that_was_held_back_is_forgotten(home: Home) -> None:
    assert undo(home, SECOND, "second") == 0
    findings, nights = _remembered(home)
    assert findings == [(FIRST, "a", "Thiếu năm"), (FIRST, "b", "Thiếu năm")]
    assert nights == [(FIRST, "x")]


def test_a_repeated_date_that_was_held_back_is_as_it_was_published(home: Home) -> None:
    _keep(home, FIRST)
    assert undo(home, FIRST, "again") == 1
    findings, nights = _remembered(home)
    assert findings == [(FIRST, "a", "Thiếu năm")]
    assert (FIRST, "") in nights


def test_undoing_twice_is_undoing_once(home: Home) -> None:
    _keep(home, FIRST)
    undo(home, FIRST, "again")
    before = _remembered(home)
    undo(home, FIRST, "again")
    assert _remembered(home) == before
