"""Mails to units that an officer approved, in his words, or held back; the journal remembers it.

An approval is of what a mail tells: the same findings on a later night are approved still, others are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from pipelines.arrival.journal import Journal, about
from pipelines.night.request import NightRequest
from pipelines.reference.load import load_reference
from pipelines.reference.settings import load_settings
from pipelines.reports.mail.dispatch import Due
from pipelines.sentences import text

APPROVED, HELD = "mail_approved", "mail_held"
NOT_NEEDED, NEEDED, REMINDERS_FREE = "not_needed", "needed", "reminders_free"
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Decision:
    """What an officer decided on a mail."""

    what: str
    who: str
    greeting: str = ""
    """Instead of the first line; empty: it stays."""
    remarks: str = ""
    """Added at the end."""


class Approvals:
    """The decisions of a home, and whether its settings ask for them."""

    def __init__(self, request: NightRequest) -> None:
        """Name the places."""
        self._request = request

    @cached_property
    def policy(self) -> str:
        """``not_needed``, ``needed`` or ``reminders_free``; unsaid, what is sent over SMTP needs it."""
        settings = load_settings(self._request.settings, load_reference(self._request.reference))
        return settings.arrival.approval or (NEEDED if settings.smtp else NOT_NEEDED)

    def let(self, mails: Iterable[Due]) -> list[Due]:
        """Of the mails that are due, those that may go out: approved ones in the officer's words.

        Args:
            mails: what is due. The board's own need no approval; what nobody decided on goes as the
                settings say.
        """
        decided = self.decisions()
        return [let for due in mails if (let := self._let(due, decided.get(due.key))) is not None]

    def _let(self, due: Due, decision: Decision | None) -> Due | None:
        if due.place is None:
            return due
        if decision is not None:
            return worded(due, decision) if decision.what == APPROVED else None
        return due if self.goes_undecided(due) else None

    def goes_undecided(self, due: Due) -> bool:
        """Whether a mail goes out that nobody has decided on."""
        return self.policy == NOT_NEEDED or (self.policy == REMINDERS_FREE and due.is_reminder)

    def decisions(self) -> dict[str, Decision]:
        """The latest decision on each mail, by its key; none where no desk was ever opened."""
        if not Journal.is_there(self._request.home):
            return {}
        lines = Journal(self._request.home).entries(APPROVED, HELD)
        return {
            line.details["key"]: Decision(
                line.what, line.who, line.details["greeting"], line.details["remarks"]
            )
            for line in lines
        }

    def decide(self, due: Due, decision: Decision) -> None:
        """Note a decision on a unit's mail."""
        assert due.place is not None
        Journal(self._request.home).add(
            decision.who,
            decision.what,
            about(*due.place),
            key=due.key,
            greeting=decision.greeting,
            remarks=decision.remarks,
        )

    def shows_letters(self, programme_id: str, unit_code: str) -> bool:
        """Whether a unit may see its letter: nobody has to approve, or the latest decision did."""
        if self.policy == NOT_NEEDED:
            return True
        unit = about(programme_id, unit_code)
        latest = Journal(self._request.home).entries(APPROVED, HELD, about=unit, latest=1)
        return bool(latest) and latest[0].what == APPROVED


def worded(due: Due, decision: Decision) -> Due:
    """A mail in the officer's words; they stand in its text, the letter beside it stays as it is."""
    first, _, rest = due.body.partition("\n")
    body = "\n".join([decision.greeting.strip() or first, rest])
    if remarks := decision.remarks.strip():
        close = text("mail.unit_close")
        body = body.replace(close, f"{remarks}\n\n{close}")
    return replace(due, body=body)
