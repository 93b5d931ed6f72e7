"""How long dated files and folders are kept: the last thirty nights, and of each month the last one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

KEPT_DAILY = 30
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")


def outdated(dated: Iterable[Path]) -> list[Path]:
    """Those that go.

    Args:
        dated: paths whose stems end in yyyy-mm-dd; others stay.
    """
    by_day = {path: date.fromisoformat(found[0]) for path in dated if (found := _DAY.search(path.stem))}
    gone = set(outdated_days(by_day.values()))
    return sorted(path for path, day in by_day.items() if day in gone)


def outdated_days(days: Iterable[date]) -> list[date]:
    """The days of which nothing is kept."""
    ordered = sorted(set(days))
    last_of_month = {(day.year, day.month): day for day in ordered}
    return [day for day in ordered[:-KEPT_DAILY] if day not in last_of_month.values()]
