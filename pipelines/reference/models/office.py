"""What an office says of itself: the letterhead of a programme's letters, when it reminds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pipelines.reference.models.base import Model, Text, Whole


class LetterFile(Model):
    """letter.yaml of a programme; what is not given stays dotted in the letters."""

    version: Whole
    superior: Text | None = None
    agency: Text | None = None
    symbol: Text | None = None
    place: Text | None = None
    signer: Text | None = None
    mail_label: Text | None = None
    programme: Text | None = None
    archive: Text | None = None
    country: Text | None = None
    motto: str | None = None
    mark: Text | None = None
    number: Text | None = None
    subject: Text | None = None
    subject_unsent: Text | None = None
    asked_of: Text | None = None
    return_to: Text | None = None
    looks: Literal["state", "party"] = "state"


Days = tuple[Annotated[Whole, Field(ge=1)], ...]


class RemindersFile(Model):
    """reminders.yaml: days after the first notice, and before the deadline."""

    version: Whole
    after_first_notice_days: Days = ()
    before_deadline_days: Days = ()
