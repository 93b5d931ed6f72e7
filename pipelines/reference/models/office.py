"""What an office says of itself: the letterhead of a programme's letters, when it reminds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from pipelines.reference.models.base import Model, Text, Whole

Given = Annotated[
    Text | None,
    BeforeValidator(lambda value: None if isinstance(value, str) and not value.strip() else value),
]


class LetterFile(Model):
    """letter.yaml of a programme; what is not given, or left empty, stays dotted in the letters."""

    version: Whole
    superior: Given = None
    agency: Given = None
    symbol: Given = None
    place: Given = None
    signer: Given = None
    mail_label: Given = None
    programme: Given = None
    archive: Given = None
    country: Given = None
    motto: str | None = None
    mark: Given = None
    number: Given = None
    subject: Given = None
    subject_unsent: Given = None
    asked_of: Given = None
    return_to: Given = None
    looks: Literal["state", "party"] = "state"


Days = tuple[Annotated[Whole, Field(ge=1)], ...]


class RemindersFile(Model):
    """reminders.yaml: days after the first notice, and before the deadline."""

    version: Whole
    after_first_notice_days: Days = ()
    before_deadline_days: Days = ()
