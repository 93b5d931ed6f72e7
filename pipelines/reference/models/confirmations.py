"""What officers confirmed in the book of rules: `confirmations.yaml`."""

from __future__ import annotations

from pipelines.reference.models.base import Code, Day, Model, Text


class Confirmation(Model):
    """An officer has read a rule against its document and confirms it."""

    rule: Code
    by: Text
    on: Day
    remark: str | None = None


class Opinion(Model):
    """An officer who has not confirmed a rule says why."""

    rule: Code
    remark: Text
    by: str | None = None
    on: Day | None = None


class ConfirmationsFile(Model):
    """confirmations.yaml; written by ``thidua rules --confirm``."""

    version: int
    confirmations: tuple[Confirmation, ...] = ()
    opinions: tuple[Opinion, ...] = ()
