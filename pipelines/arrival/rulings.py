"""What officers decided on the desk: findings let pass until a day, rules confirmed against their documents.

The journal keeps it. A night takes it as it takes the waivers of ``settings.yml`` and the lines of
``confirmations.yaml``; of what is decided in both places the later decision stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pipelines.arrival.journal import Entry, Journal
from pipelines.common.paths import Home
from pipelines.night.request import TIME_ZONE
from pipelines.reference.models.confirmations import Confirmation, Opinion
from pipelines.reference.reference import Reference
from pipelines.reference.settings import Settings, Waiver

WAIVED, WAIVER_ENDED = "finding_waived", "waiver_ended"
CONFIRMED, REMARKED = "rule_confirmed", "rule_remarked"


def waive(home: Home, who: str, name: str, about: str, waiver: Waiver) -> None:
    """Let a finding pass until a day.

    Args:
        home: whose journal keeps it.
        who: the account.
        name: of the person, for reports.
        about: the unit, as ``journal.about``.
        waiver: the finding, why, until when.
    """
    Journal(home).add(
        who,
        WAIVED,
        about,
        by=name,
        finding=waiver.finding_id,
        reason=waiver.reason,
        until=waiver.until.isoformat(),
    )


def end_waiver(home: Home, who: str, about: str, finding_id: str) -> None:
    """Let a finding pass no longer; what ``settings.yml`` lets pass is not ended here."""
    Journal(home).add(who, WAIVER_ENDED, about, finding=finding_id)


def rule_on(home: Home, who: str, name: str, rule: str, remark: str, *, is_confirmed: bool) -> None:
    """Confirm a rule, or say why it is not confirmed, which takes an earlier confirmation back."""
    what = CONFIRMED if is_confirmed else REMARKED
    Journal(home).add(who, what, rule=rule, by=name, remark=remark)


def waivers(home: Home) -> dict[str, Waiver]:
    """The waivers given on the desk, by finding; those that ran out too."""
    given: dict[str, Waiver] = {}
    for line in _lines(home, WAIVED, WAIVER_ENDED):
        told = line.details
        if line.what == WAIVER_ENDED:
            given.pop(told["finding"], None)
        else:
            given[told["finding"]] = Waiver(
                finding_id=told["finding"],
                reason=told["reason"],
                by=told["by"],
                until=date.fromisoformat(told["until"]),
            )
    return given


def in_force(home: Home, reference: Reference, settings: Settings) -> tuple[Reference, Settings]:
    """The law and the settings with what was decided on the desk of a home.

    Args:
        home: may have no desk yet.
        reference: as its files say.
        settings: as their file says.
    """
    one_each = {one.finding_id: one for one in settings.waivers} | waivers(home)
    confirmed, opinions = dict(reference.confirmations), dict(reference.opinions)
    for line in _lines(home, CONFIRMED, REMARKED):
        rule, on = line.details["rule"], line.at.astimezone(TIME_ZONE).date()
        written = confirmed.get(rule)
        if written is not None and written.on > on:
            continue
        told = {"rule": rule, "by": line.details["by"], "on": on}
        if line.what == CONFIRMED:
            confirmed[rule] = Confirmation(**told, remark=line.details["remark"] or None)
            opinions.pop(rule, None)
        else:
            opinions[rule] = Opinion(**told, remark=line.details["remark"])
            confirmed.pop(rule, None)
    return (
        replace(reference, confirmations=confirmed, opinions=opinions),
        replace(settings, waivers=tuple(one_each.values())),
    )


def _lines(home: Home, *what: str) -> Iterator[Entry]:
    if Journal.is_there(home):
        yield from Journal(home).entries(*what)
