"""The nights as the published file tells them: how long each stage took and how much memory it had."""

from __future__ import annotations

from dashboards.snapshot import Row, Snapshot

SLOW_TIMES = 2.0
SLOW_SECONDS = 5.0
"""A stage is slow when it takes twice its usual time and five seconds more than that."""
ALL = "all"
"""In ``rpt_night_stages``: the run as a whole."""


def nights_of(snapshot: Snapshot) -> list[Row]:
    """Rows of ``rpt_nights``, oldest first."""
    return snapshot.rows("SELECT * FROM rpt_nights ORDER BY started_at, run_id DESC")


def stages_of(snapshot: Snapshot) -> dict[str, Row]:
    """Rows of ``rpt_night_stages`` by stage, the longest first; ``ALL`` is the run."""
    rows = snapshot.rows("SELECT * FROM rpt_night_stages ORDER BY stage = ? DESC, seconds DESC, stage", ALL)
    return {row["stage"]: row for row in rows}


def is_slow(stage: Row) -> bool:
    """Whether a stage stands out beside what it usually takes; one never seen before does not."""
    usual = stage["usual_seconds"]
    return usual is not None and stage["seconds"] > max(SLOW_TIMES * usual, usual + SLOW_SECONDS)
