"""A machine's clock that was set back: a night of its date would be published over a later one."""

from __future__ import annotations

from datetime import datetime, timedelta

import duckdb

from pipelines.common.paths import Home
from pipelines.night.problem import Problem
from pipelines.night.request import TIME_ZONE
from pipelines.sentences import text

TOLERATED = timedelta(minutes=10)
"""Clocks are corrected by this much without anyone noticing."""


def problem_with_clock(home: Home, now: datetime | None = None) -> Problem | None:
    """What is wrong where something was published in the future; None where the clock may be right.

    Args:
        home: whose published file tells when it was published.
        now: the time, with its zone; the clock's when not given.
    """
    at = now or datetime.now(TIME_ZONE)
    try:
        with duckdb.connect(str(home.warehouse), read_only=True) as connection:
            ((epoch,),) = connection.execute("SELECT epoch(published_at) FROM meta.snapshot").fetchall()
    except duckdb.Error:  # not there yet, or damaged: this night replaces it
        return None
    published = datetime.fromtimestamp(epoch, TIME_ZONE)
    if published <= at + TOLERATED:
        return None
    times = {"clock": _words(at), "published": _words(published)}
    return Problem("clock", text("clock.behind", **times), text("clock.behind.do"))


def _words(moment: datetime) -> str:
    return moment.strftime("%H:%M %d/%m/%Y")
