"""The reports of the night before: what has nothing new to say is taken over, not written again."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

DIGESTS = ".digests.json"


class Earlier:
    """The newest folder of reports that is there, and what its letters and files were made of."""

    def __init__(self, reports: Path, fresh: Path) -> None:
        """Look for it.

        Args:
            reports: ``HOME/reports/<as_of>``; this very night's, if it is repeated, is looked at first.
            fresh: the folder being written.
        """
        self._fresh = fresh
        others = sorted((path.parent for path in reports.parent.glob(f"[0-9]*/{DIGESTS}")), reverse=True)
        self._folder = reports if reports in others else next(iter(others), None)
        self._known: dict[str, str] = (
            json.loads((self._folder / DIGESTS).read_text("utf-8")) if self._folder else {}
        )
        self._digests: dict[str, str] = {}

    def take_over(self, place: str, told: str) -> bool:
        """Take over a unit's folder when it tells the same.

        Args:
            place: ``<programme>/<unit>``.
            told: what its letter and files are made of tonight.

        Returns:
            Whether it was taken over; if not, it has to be written.
        """
        self._digests[place] = hashlib.sha256(told.encode()).hexdigest()
        if self._folder is None or self._known.get(place) != self._digests[place]:
            return False
        _link(f"{self._folder}/{place}", f"{self._fresh}/{place}")
        return True

    def forget(self, place: str) -> None:
        """A unit whose folder could not be made is made anew next time."""
        self._digests.pop(place, None)

    def note(self) -> None:
        """Write down what was told, for the next night."""
        (self._fresh / DIGESTS).write_text(json.dumps(self._digests, indent=0, sort_keys=True), "utf-8")


def _link(before: str, now: str) -> None:
    """Have the files of one folder in another one too."""
    try:
        found = os.scandir(before)
    except FileNotFoundError:  # a unit to which nothing is written has none
        return
    try:
        os.mkdir(now)
    except FileNotFoundError:  # the first of its programme
        os.makedirs(now)
    with found as entries:
        for entry in entries:
            if entry.is_dir():
                _link(entry.path, f"{now}/{entry.name}")
            else:
                os.link(entry.path, f"{now}/{entry.name}")
