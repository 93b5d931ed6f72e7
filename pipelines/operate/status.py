"""How a home stands: what is published since when, what failed since, whether the last night is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from pipelines.common.paths import Home
from pipelines.common.stage_times import Slowest, slowest
from pipelines.night import diary
from pipelines.night.clock import problem_with_clock
from pipelines.night.diary import Told
from pipelines.night.request import TIME_ZONE, is_alive
from pipelines.night.schedule import load_schedule
from pipelines.operate.doctor.check import BAD, Check
from pipelines.operate.doctor.places import space, writable

FRESH, STALE, FAILED, NONE = "fresh", "stale", "failed", "none"
EXIT = {FRESH: 0, STALE: 1, FAILED: 1, NONE: 2}
"""Exit codes for monitoring."""
NIGHTS = 31
"""The last night and the month before it."""


@dataclass(frozen=True, slots=True)
class Published:
    """The published snapshot and the input it was made from."""

    as_of: date
    published_at: datetime
    run_id: str
    code_version: str
    input_digest: str
    files: int
    newest_file: date | None


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a home at one time."""

    now: datetime
    due: datetime
    """When the latest night began that should be published by now."""
    published: Published | None
    failures: tuple[Told, ...]
    """Nights since the last one that went well, oldest first."""
    running: Told | None
    hindrances: tuple[Check, ...] = ()
    """What keeps the next night from running: no space, a home that cannot be written."""
    slowest: Slowest | None = None
    """Of the last published night that ended, beside the nights before it."""

    @property
    def state(self) -> str:
        """fresh | stale | failed | none; a failure tells more than the silence after it."""
        if self.published is None:
            return NONE
        if self.failures or self.hindrances:
            return FAILED
        return STALE if self.published.published_at < self.due else FRESH

    @property
    def silent(self) -> bool:
        """No night began when one should have: neither published, nor failed, nor running."""
        began = [told.began.time for told in self.failures]
        latest = max([*began, *([self.published.published_at] if self.published else [])], default=None)
        return self.running is None and latest is not None and latest < self.due


def status_of(home: Home, now: datetime | None = None) -> Status:
    """Look at a home without disturbing a night that runs in it.

    Args:
        home: the home.
        now: the time, with its zone; the clock's when not given.

    Raises:
        duckdb.Error: the published file cannot be read.
    """
    at = now or datetime.now(TIME_ZONE)
    told = diary.nights(home)
    begun = [night for night in told if not night.was_refused]
    running = begun[-1] if begun and begun[-1].ended is None and is_alive(home) else None
    over = [night for night in told if night is not running]
    failures: list[Told] = []
    for night in over:
        failures = [*failures, night] if night.ended is None or night.ended.step else []
    times = [night.ended.stages for night in over if night.ended and night.ended.published][-NIGHTS:]
    slow = slowest(times[-1], times[:-1]) if times else None
    hindrances = [check for check in (*space(home), writable(home)) if check.state == BAD]
    if behind := problem_with_clock(home, at):
        hindrances.append(Check(behind.step, BAD, behind.why, behind.do))
    due = load_schedule().last_due(at)
    return Status(at, due, _published(home), tuple(failures), running, tuple(hindrances), slow)


def _published(home: Home) -> Published | None:
    if not home.warehouse.exists():
        return None
    with duckdb.connect(str(home.warehouse), read_only=True) as connection:
        rows = connection.execute(
            "SELECT as_of, epoch(published_at), run_id, code_version, input_digest, "
            "(SELECT count(*) FROM marts.fct_submissions), "
            "(SELECT max(received_on) FROM marts.fct_submissions WHERE status = 'accepted') "
            "FROM meta.snapshot"
        ).fetchall()
    as_of, epoch, run_id, code, digest, files, newest = rows[0]
    return Published(as_of, datetime.fromtimestamp(epoch, TIME_ZONE), run_id, code, digest, files, newest)
