"""The last valid day of a finding: the next milestone of its programme for the form it is on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipelines.reports.data_files import read_data
from pipelines.reports.published import Finding

BEFORE_DAY = "POL-TRUOC-NGAY"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day until which something is received in time."""

    last_day: date
    exclusive: bool
    """The document says «trước ngày X»: X itself is the day after the last valid one."""

    @property
    def before(self) -> date:
        """The X of «trước ngày X»."""
        return self.last_day + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Deadlines per programme and form."""

    by_form: dict[tuple[str, str], tuple[Deadline, ...]] = field(default_factory=dict)

    def of(self, finding: Finding, as_of: date) -> Deadline | None:
        """The next deadline of the finding's form on a day; when all have passed, the last that did."""
        known = self.by_form.get((finding.programme_id, finding.form_id or ""), ())
        ahead = [deadline for deadline in known if deadline.last_day >= as_of]
        return ahead[0] if ahead else (known[-1] if known else None)


def load_deadlines(reference: Path, settings: dict[str, Any] | None = None) -> Deadlines:
    """Read the deadlines of every programme.

    Args:
        reference: the reference folder. ``programmes/<id>/coverage.yaml`` has the cells with their
            forms, what travels with them, and deadlines.
        settings: settings.yml; the policy ``POL-TRUOC-NGAY: inclusive`` makes X itself the last valid day.
    """
    inclusive = ((settings or {}).get("policies") or {}).get(BEFORE_DAY) == "inclusive"
    found: dict[tuple[str, str], set[Deadline]] = defaultdict(set)
    for path in sorted((reference / "programmes").glob("*/coverage.yaml")):
        folder = path.parent
        years = _years(folder)
        for cell in read_data(path).get("cells") or []:
            for day in _days(cell, years):
                exclusive = cell.get("deadline_wording") == "exclusive" and not inclusive
                deadline = Deadline(day - timedelta(days=1) if exclusive else day, exclusive)
                for form in _forms(cell):
                    found[folder.name, form].add(deadline)
    return Deadlines({key: tuple(sorted(d, key=lambda one: one.last_day)) for key, d in found.items()})


def _forms(cell: dict[str, Any]) -> set[str]:
    asked = {choice["form"] for group in cell.get("requires") or () for choice in group}
    return asked | set(cell.get("forms") or ()) | set(cell.get("travels") or ())


def _days(cell: dict[str, Any], years: range) -> list[date]:
    written = cell.get("deadline")
    if not written:
        return []
    if "{year}" not in str(written):
        return [date.fromisoformat(str(written))]
    listed = cell["years"] if isinstance(cell.get("years"), list) else years
    return [date.fromisoformat(str(written).replace("{year}", str(year))) for year in listed]


def _years(folder: Path) -> range:
    period = read_data(folder / "programme.yaml").get("period") or {}
    first, last = (str(period.get(key, "1900"))[:4] for key in ("start", "end"))
    return range(int(first), int(last) + 1)
