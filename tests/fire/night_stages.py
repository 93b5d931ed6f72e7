"""The stages of a night, seen from another process: which one it is in, how long each took."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from pipelines.common.paths import Home

BEFORE, AFTER = "start", "end"
"""Before the first step: imports, the lock, what a killed night left. After the last: diary, modes, mails."""


def runs(home: Home) -> set[Path]:
    """Dagster's files of the runs a home has had."""
    return set((home.dagster / "history" / "runs").glob("*-*.db"))


def events(run: Path) -> list[tuple[str, str, datetime]]:
    """The beginnings and ends of a run's steps so far: kind, step, time."""
    try:
        with closing(sqlite3.connect(f"file:{run}?mode=ro", uri=True, timeout=5)) as connection:
            rows = connection.execute(
                "SELECT dagster_event_type, step_key, timestamp FROM event_logs "
                "WHERE dagster_event_type IN ('STEP_START', 'STEP_SUCCESS') ORDER BY id"
            ).fetchall()
    except sqlite3.OperationalError:  # it is just being made
        return []
    return [(kind, step, datetime.fromisoformat(at)) for kind, step, at in rows]


def stage_of(home: Home, before: set[Path], steps: list[str]) -> str:
    """The stage a night is in, or was in when it was killed.

    Args:
        home: of the night.
        before: its runs before this one.
        steps: of a whole night, in order.
    """
    told = [event for run in runs(home) - before for event in events(run)]
    if not told:
        return BEFORE
    kind, step, _ = told[-1]
    if kind == "STEP_START":
        return step
    place = steps.index(step) + 1
    return steps[place] if place < len(steps) else AFTER


def seconds(run: Path, begun: datetime, ended: datetime) -> dict[str, float]:
    """How long the stages of a whole night took, in order.

    Args:
        run: Dagster's file of it.
        begun: when its process was started, UTC without zone.
        ended: when it ended.
    """
    told = events(run)
    starts = [(step, at) for kind, step, at in told if kind == "STEP_START"]
    marks = [(BEFORE, begun), *starts, (AFTER, told[-1][2])]
    ends = [*(at for _, at in marks[1:]), ended]
    return {step: max(0.05, (end - at).total_seconds()) for (step, at), end in zip(marks, ends, strict=True)}
