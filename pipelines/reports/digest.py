"""What one reader has not been told yet: new, fixed, still open, and whether it is worth a mail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pipelines.reports.finding import Finding
from pipelines.reports.mail.reminders import Reminders


@dataclass(frozen=True, slots=True)
class Told:
    """When a reader was told of a finding."""

    first_on: date
    last_on: date
    closed: bool = False
    """He was also told that it is fixed."""


@dataclass(frozen=True, slots=True)
class Digest:
    """One reader's news of one night."""

    new: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    still: tuple[Finding, ...]
    """Open and told before."""
    overdue: tuple[Finding, ...]
    """Of new and still, those whose deadline has passed."""
    reminded: tuple[Finding, ...]
    """Of still, those the schedule says to repeat tonight."""

    @property
    def open(self) -> tuple[Finding, ...]:
        """Everything that is left to do."""
        return self.new + self.still

    @property
    def is_due(self) -> bool:
        """Nothing new and no reminder due: no mail."""
        return bool(self.new or self.reminded)


def digest(
    findings: Iterable[Finding],
    told: Mapping[str, Told],
    reminders: Reminders,
    as_of: date,
) -> Digest:
    """Sort a reader's findings by what he knows.

    Args:
        findings: all findings that concern the reader, fixed ones too.
        told: what he was told, per finding id.
        reminders: the schedule.
        as_of: the night.
    """
    new: list[Finding] = []
    fixed: list[Finding] = []
    still: list[Finding] = []
    reminded: list[Finding] = []
    for finding in findings:
        known = told.get(finding.finding_id)
        if finding.status == "fixed":
            if known and not known.closed:
                fixed.append(finding)
        elif finding.present and (known is None or _came_back(finding, known, as_of)):
            new.append(finding)
        elif finding.present and known is not None:
            still.append(finding)
            if reminders.due(known.first_on, known.last_on, finding.deadline, as_of):
                reminded.append(finding)
    overdue = [f for f in (*new, *still) if (d := f.deadline) and d.last_day < as_of]
    return Digest(tuple(new), tuple(fixed), tuple(still), tuple(overdue), tuple(reminded))


def _came_back(finding: Finding, known: Told, as_of: date) -> bool:
    return known.closed or (finding.status == "reopened" and known.last_on < as_of)
