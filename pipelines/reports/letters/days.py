"""Until when a letter asks for things: one day where all have the same, else each its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pipelines.reports.deadlines import Deadline
from pipelines.reports.finding import Finding
from pipelines.sentences import text
from pipelines.text.dates_vi import format_date


@dataclass(frozen=True, slots=True)
class Days:
    """The deadlines of one letter."""

    known: tuple[Deadline, ...]
    """One of each last day, soonest first."""
    as_of: date
    is_one: bool
    """One day holds for everything that is asked for; what has no day of its own is under none."""

    @classmethod
    def of(cls, findings: Iterable[Finding], as_of: date) -> Days:
        """The deadlines of what a letter asks for."""
        asked = list(findings)
        by_day = {one.deadline.last_day: one.deadline for one in asked if one.deadline}
        is_one = len(by_day) == 1 and all(one.deadline for one in asked)
        return cls(tuple(by_day[last] for last in sorted(by_day)), as_of, is_one)

    @property
    def _ahead(self) -> list[Deadline]:
        return [one for one in self.known if one.last_day >= self.as_of]

    def ask(self, at: str, *, silent: bool) -> str:
        """The sentence that asks, with the day that holds for all, or that each has its own.

        Args:
            at: where the list is: below, or in the annex.
            silent: the unit never sent anything, so that nothing is sent *again*.
        """
        said = {
            "at": at,
            "do": text("letter.do_silent" if silent else "letter.do"),
            "send": text("letter.send_silent" if silent else "letter.send"),
            "year": self.as_of.year,
        }
        if not self.known:
            return text("letter.ask_open", **said)
        if not self.is_one:
            if not self._ahead:
                return text("letter.ask_late_each", **said)
            return text("letter.ask_each", last=format_date(self._ahead[0].last_day), **said)
        only = self.known[0]
        said["last"] = format_date(only.last_day)
        if only.last_day < self.as_of:
            return text("letter.ask_late", **said)
        if only.exclusive:
            return text("letter.ask_before", before=format_date(only.before), **said)
        return text("letter.ask_until", **said)

    def told(self, finding: Finding) -> list[str]:
        """What stands beside a thing: its own days, those of each year, unless one day holds for all."""
        own = sorted({one.deadline.last_day for one in finding.each if one.deadline})
        if self.is_one:
            return []
        passed = [last for last in own if last < self.as_of]
        ahead = own[len(passed) :]
        return [
            text(key, last=", ".join(map(format_date, days)))
            for key, days in (("letter.own_deadline_passed", passed), ("letter.own_deadline", ahead))
            if days
        ]
