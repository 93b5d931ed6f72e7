"""Mail to the operator when a night failed or did not happen: once for each, through the reports' outbox."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from pipelines.common.paths import Home
from pipelines.common.yaml_files import read_plain
from pipelines.night.request import TIME_ZONE
from pipelines.operate.status import Status, status_of
from pipelines.operate.status_text import day_words, failure_line, silence_lines, status_lines
from pipelines.reference.settings import Smtp
from pipelines.reports.digest import Digest
from pipelines.reports.mail import delivery, mail
from pipelines.reports.mail.memory import Memory, Queued
from pipelines.sentences import text

AUDIENCE = "operator"
_NO_NEWS = Digest((), (), (), (), ())


def tell(home: Home, settings: Path, now: datetime | None = None) -> list[str]:
    """Mail what the operator has not been told yet.

    The Message-ID is made of the night, so that the outbox takes each trouble once, whoever looks how often.
    Settings that a night refuses are still read here as far as they go: that may be what failed.

    Args:
        home: whose nights are looked at.
        settings: settings.yml: ``smtp`` and every ``recipients.*.operator``.
        now: the time, with its zone.

    Returns:
        A line per mail tried or written.
    """
    at = now or datetime.now(TIME_ZONE)
    status = status_of(home, at)
    smtp, to = operator_settings(settings)
    memory = Memory(home.outbox)
    sender = smtp.sender if smtp else mail.NO_SENDER
    for parts, subject, body in _news(home, status):
        identifier = mail.message_id(sender, [AUDIENCE, *parts])
        content = mail.compose(sender, to, text("operator.group"), subject, body, [], identifier, at)
        name = f"{at.date().isoformat()}_{AUDIENCE}_{identifier[1:9]}.eml"
        message = Queued(identifier, subject, name, content, to)
        memory.enqueue(message, AUDIENCE, _NO_NEWS, at.date())
    outcomes = delivery.hand_over(home.outbox, memory, smtp, at)
    return [": ".join(filter(None, (one.address, f"{one.subject} {one.error}".strip()))) for one in outcomes]


def _news(home: Home, status: Status) -> list[tuple[list[str], str, str]]:
    """What makes each mail one of its own, its subject, its text."""
    place = "\n".join(["", *status_lines(home, status)])
    found = []
    for told in status.failures:
        done = told.ended is not None and told.ended.published
        key = "operator.failed_after" if done else "operator.failed"
        subject = text(key, date=day_words(told.began.as_of))
        found.append((["failed", told.began.run_id], subject, failure_line(told) + "\n" + place))
    silence = silence_lines(status)
    if silence:
        due = status.due.isoformat()
        subject = text("operator.silent", date=status.due.strftime("%d/%m/%Y"))
        found.append((["silent", due], subject, "\n".join([*silence, place])))
    return found


def operator_settings(path: Path) -> tuple[Smtp | None, tuple[str, ...]]:
    """Server and addresses, as far as the file can be read."""
    try:
        loaded: Any = read_plain(path)
    except (OSError, yaml.YAMLError):
        return None, ()
    settings = loaded if isinstance(loaded, dict) else {}
    found: dict[str, None] = {}
    recipients = settings.get("recipients")
    for recipient in (recipients if isinstance(recipients, dict) else {}).values():
        listed = recipient.get(AUDIENCE) if isinstance(recipient, dict) else None
        for written in listed if isinstance(listed, list) else []:
            try:
                found[mail.address(str(written)).addr_spec] = None
            except mail.BadAddress:
                continue
    try:
        smtp = Smtp.model_validate(settings["smtp"]) if settings.get("smtp") else None
        if smtp is not None:
            mail.address(smtp.sender)
    except (ValidationError, mail.BadAddress):
        smtp = None
    return smtp, tuple(found)
