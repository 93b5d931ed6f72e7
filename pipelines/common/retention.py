"""How long dated files and folders are kept: the last thirty nights, and of each month the last one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

KEPT_DAILY = 30
_MONTH = len("-dd")


def outdated(dated: Iterable[Path]) -> list[Path]:
    """Those that go.

    Args:
        dated: paths whose stems end in yyyy-mm-dd and begin alike.
    """
    ordered = sorted(dated, key=lambda path: path.stem)
    last_of_month = set({path.stem[:-_MONTH]: path for path in ordered}.values())
    return [path for path in ordered[:-KEPT_DAILY] if path not in last_of_month]
