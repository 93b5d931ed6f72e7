"""The law a checking process judges by, loaded anew when reference data or settings were changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pipelines.check.check import Law, load_law
from pipelines.reference.deadlines import Deadline, deadlines
from pipelines.reference.settings import load_settings
from pipelines.sentences import text
from pipelines.text.dates_vi import format_date


class FreshLaw:
    """The law of two places on disk."""

    def __init__(self, reference: Path, settings: Path) -> None:
        """Load it."""
        self._reference, self._settings = reference, settings
        self._load()

    def now(self) -> Law:
        """The law as it stands now.

        Raises:
            ReferenceError: it was changed, and cannot be read.
        """
        if self._state() != self._seen:
            self._load()
        return self._law

    def due(self, programme_id: str, unit_code: str, forms: Iterable[str], today: date) -> tuple[str, ...]:
        """Until when forms are to be sent by a unit: what is ahead, else the last day there was."""
        wanted = set(forms)
        days = sorted(
            {
                (last, one.label_vi)
                for one in self._deadlines
                if one.programme_id == programme_id and wanted & set(one.forms)
                for code, _, last in one.unit_days
                if code == unit_code and last is not None
            }
        )
        ahead = [(day, label) for day, label in days if day >= today]
        key = "arrival.due" if ahead else "arrival.due_past"
        return tuple(text(key, what=label, day=format_date(day)) for day, label in (ahead or days[-1:]))

    def _load(self) -> None:
        self._seen = self._state()
        self._law = load_law(self._reference, self._settings)
        self._law.bench.expect_many()
        settings = load_settings(self._settings, self._law.reference)
        policies = {name: settings.policy(self._law.reference, name) for name in self._law.reference.policies}
        self._deadlines: list[Deadline] = deadlines(self._law.reference, policies)

    def _state(self) -> list[tuple[str, int, int]]:
        paths = (self._settings, *sorted(self._reference.rglob("*")))
        return [(str(path), stat.st_size, stat.st_mtime_ns) for path in paths if (stat := path.stat())]
