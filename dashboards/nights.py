"""The nights as the published file tells them: how long each stage took and how much memory it had."""

from __future__ import annotations

from dashboards.snapshot import Row, Snapshot

TIMES, STAGES = "meta.night_times", "meta.night_stages"
SHOWN = 30
"""Nights drawn: a month."""
SLOW_TIMES = 2.0
SLOW_SECONDS = 5.0
"""A stage is slow when it takes twice its usual time and five seconds more than that."""


def nights_of(snapshot: Snapshot) -> list[Row]:
    """Rows of ``meta.night_times``, the newest of them, oldest first."""
    rows = snapshot.rows(
        f"SELECT * FROM published.{TIMES} ORDER BY started_at DESC, run_id DESC LIMIT ?",
        SHOWN,
    )
    return rows[::-1]


def stages_of(snapshot: Snapshot, nights: list[Row]) -> list[Row]:
    """Rows of ``meta.night_stages`` of the newest night, the longest first."""
    if not nights:
        return []
    return snapshot.rows(
        f"SELECT * FROM published.{STAGES} WHERE run_id = ? ORDER BY seconds DESC, stage",
        nights[-1]["run_id"],
    )


def is_slow(stage: Row) -> bool:
    """Whether a stage stands out beside what it usually takes; one never seen before does not."""
    usual = stage["usual_seconds"]
    return usual is not None and stage["seconds"] > max(SLOW_TIMES * usual, usual + SLOW_SECONDS)
