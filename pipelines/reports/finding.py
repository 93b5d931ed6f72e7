"""A thing left to do as the reports tell it: a finding of the night, or a step of the plan that is due."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from pipelines.reference.models.base import SEVERITIES
from pipelines.reports.deadlines import Deadline

PRESENT = ("new", "open", "reopened")
BY_UNIT = "unit"
ABSENT = "missing_attachment"
PLAINLY_MISSING = (ABSENT, "missing_field", "missing_confirmation")
"""Categories of rules whose fix names all that their fact names."""


class Finding(NamedTuple):
    """One row of ``marts.fct_findings`` with what its rule says.

    A tuple: a country's night has a hundred thousand, made in a tenth of the time of other objects.
    """

    finding_id: str
    programme_id: str
    unit_code: str | None
    form_id: str | None
    nomination_id: str | None
    recipient_name: str | None
    rule_id: str
    severity: str
    field: str | None
    subject: str
    """Whom it is about: a nominee, «Cả 12 dòng», «Hồ sơ chung»."""
    fact: str
    fix: str
    """Fact and fix have no full stop; the fact begins small, as it stands after a colon."""
    values: frozenset[str]
    """What fact and fix tell beside the rule: numbers, years, names."""
    citation: str | None
    source_file: str | None
    source_sheet: str | None
    source_row: int | None
    source_cell: str | None
    status: str
    first_seen_on: date
    fixed_on: date | None
    mends: str
    category: str | None
    cell_id: str | None = None
    """The step of the plan it belongs to."""
    deadline: Deadline | None = None
    """Until when it is in time; None where its document names no day."""
    fact_of_years: str | None = None
    """The fact with ``{years}`` where it names its year; None for one that is not of a single year."""
    year: int | None = None
    together: tuple[Finding, ...] = ()
    """The findings of each year that the fact names; empty for a finding of its own."""
    is_step: bool = False
    """A step of the plan that is due and not whole, whatever was sent; no finding in a file."""

    @property
    def each(self) -> tuple[Finding, ...]:
        """The findings that its sentence tells: those of every year, else itself."""
        return self.together or (self,)

    @property
    def is_absent(self) -> bool:
        """What is missing is a paper of its own: no place in a file would show it."""
        return self.category == ABSENT or self.is_step

    @property
    def present(self) -> bool:
        """Whether it still has to be dealt with."""
        return self.status in PRESENT

    @property
    def fix_says_all(self) -> bool:
        """Something plain is missing and no value is told: the fix alone asks for it."""
        return self.category in PLAINLY_MISSING and not self.values

    @property
    def sent_by(self) -> str | None:
        """The unit in whose folder the file came; None without a file in the folder's layout."""
        parts = (self.source_file or "").split("/")
        return parts[1] if len(parts) > 3 else None

    def without_place(self) -> Finding:
        """The same finding, without saying in which file it was seen."""
        return self._replace(source_file=None, source_sheet=None, source_row=None, source_cell=None)

    @property
    def nominee(self) -> str:
        """What the findings of one person or collective share; empty for the dossier itself."""
        return self.nomination_id or self.recipient_name or ""

    @property
    def urgency(self) -> int:
        """0 for bắt buộc, then cần bổ sung, then lưu ý."""
        return SEVERITIES.index(self.severity)
