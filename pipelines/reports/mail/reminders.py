"""When something already announced is said again: a schedule that is data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pipelines.reports.data_files import read_data
from pipelines.reports.deadlines import Deadline


@dataclass(frozen=True, slots=True)
class Reminders:
    """data/reference/reminders.yaml."""

    after_first_notice: tuple[int, ...] = ()
    before_deadline: tuple[int, ...] = ()

    def due(self, first: date, last: date, deadline: Deadline | None, as_of: date) -> bool:
        """Whether a day of the schedule has come since the finding was last spoken of.

        Args:
            first: the day of the first notice.
            last: the day of the latest notice or reminder.
            deadline: the finding's deadline, if it has one.
            as_of: the night.
        """
        days = [first + timedelta(days=number) for number in self.after_first_notice]
        if deadline is not None and deadline.last_day >= as_of:
            days += [deadline.last_day - timedelta(days=number) for number in self.before_deadline]
        return any(last < day <= as_of for day in days)


def load_reminders(reference: Path) -> Reminders:
    """Read the schedule; without the file nothing is ever repeated."""
    data = read_data(reference / "reminders.yaml")
    return Reminders(
        tuple(data.get("after_first_notice_days") or ()), tuple(data.get("before_deadline_days") or ())
    )
