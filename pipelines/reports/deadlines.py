"""The last valid day of a finding: that of its own cell of coverage (``marts.dim_deadlines``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


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
