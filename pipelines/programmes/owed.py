"""What the units of a new programme owe, as answers give it: until when, and of whom."""

from __future__ import annotations

from pydantic import BeforeValidator

from pipelines.programmes.given import Once, Until, Yearly
from pipelines.reference.models.base import Code, Model


class Owed(Model):
    """What units owe: of some types of units, or of all."""

    of: tuple[Code, ...] = ()


class OwedPlan(Owed):
    """A plan of each unit."""

    deadline: Once


class OwedReport(Owed):
    """A report of every year."""

    deadline: Yearly


class OwedReview(Owed):
    """A report that comes once."""

    deadline: Until


DayAlone = BeforeValidator(
    lambda value: value if value is None or isinstance(value, dict | Owed) else {"deadline": value}
)
"""What all owe may be given by its day alone."""
