"""The law a checking process judges by, and the days it says files are due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pipelines.check.check import Law, load_law
from pipelines.check.kept_plans import KeptPlans
from pipelines.reference.deadlines import Deadline, deadlines
from pipelines.reference.settings import load_settings
from pipelines.sentences import text
from pipelines.text.dates_vi import format_date


class CheckingLaw:
    """The law of two places on disk, as it was when the process began."""

    def __init__(self, reference: Path, settings: Path) -> None:
        """Load it.

        Raises:
            ReferenceError: with every mistake of either.
        """
        self.law: Law = load_law(reference, settings, KeptPlans)
        said = load_settings(settings, self.law.reference)
        policies = {name: said.policy(self.law.reference, name) for name in self.law.reference.policies}
        self._deadlines: list[Deadline] = deadlines(self.law.reference, policies)

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
