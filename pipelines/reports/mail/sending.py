"""One run of ``thidua send``: what is due is kept, what is kept is delivered, and what happened is told."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime

from filelock import FileLock, Timeout

from pipelines.night.request import TIME_ZONE, NightRequest
from pipelines.reference.load import load_reference
from pipelines.reference.settings import ReferenceError, Settings, load_settings
from pipelines.reports.mail import delivery, mail
from pipelines.reports.mail.dispatch import Approve, Due, due_mails
from pipelines.reports.mail.memory import Memory
from pipelines.reports.reading import NothingPublished, read_published
from pipelines.sentences import text


class CannotSend(Exception):
    """Arguments or settings that cannot be used; the message says why."""


@dataclass(slots=True)
class Sent:
    """What a run tells."""

    lines: list[str] = field(default_factory=list)
    failed: bool = False


def send_reports(
    request: NightRequest, *, dry_run: bool, retry_now: bool = False, approve: Approve = list
) -> Sent:
    """Deliver what is due.

    Args:
        request: home, reference folder and settings.
        dry_run: only tell.
        retry_now: try failed deliveries without waiting for their time.
        approve: gives those that may go out; the others stay due. All, where nobody has to approve.

    Raises:
        CannotSend: nothing is published, the settings are wrong, or another run is at it.
    """
    settings = _settings(request)
    try:
        published = read_published(request.home.warehouse)
    except NothingPublished:
        raise CannotSend(text("send.nothing_published", home=request.home.root)) from None
    reports = request.home.reports(published.as_of)
    if not reports.is_dir():
        raise CannotSend(text("send.no_reports", folder=reports))
    memory = Memory(request.home.outbox)

    def mails() -> tuple[list[Due], int]:
        due = due_mails(published, reports, request.reference, settings, memory)
        let = approve(due)
        return let, len(due) - len(let)

    if dry_run:
        let, held = mails()
        return _held(_told(let, settings), held)
    request.home.outbox.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(request.home.outbox / "send.lock", timeout=0):
            let, held = mails()
            return _held(_send(let, request, settings, memory, retry_now), held)
    except FileNotFoundError:  # a night is just replacing the folder
        raise CannotSend(text("send.no_reports", folder=reports)) from None
    except Timeout:
        raise CannotSend(text("send.another", home=request.home.root)) from None


def _held(sent: Sent, held: int) -> Sent:
    """What a run tells, with how many mails wait for an officer."""
    if held:
        nothing = text("send.nothing_due")
        sent.lines = [*(line for line in sent.lines if line != nothing), text("send.held", n=held)]
    return sent


def _settings(request: NightRequest) -> Settings:
    try:
        settings = load_settings(request.settings, load_reference(request.reference))
        for one in _addresses(settings):
            mail.address(one)
    except (ReferenceError, OSError) as error:
        raise CannotSend(str(error)) from error
    except mail.BadAddress as error:
        raise CannotSend(text("send.bad_address", address=repr(str(error)))) from error
    given = [os.environ.get(name, "") for name in (delivery.USER, delivery.PASSWORD)]
    if settings.smtp and (any(given) != all(given) or not all(word.isascii() for word in given)):
        raise CannotSend(text("send.credentials", user=delivery.USER, password=delivery.PASSWORD))
    return settings


def _addresses(settings: Settings) -> list[str]:
    found = [settings.smtp.sender] if settings.smtp else []
    for recipient in settings.recipients.values():
        found += [*recipient.board, *recipient.operator]
        found += [one for addresses in recipient.units.values() for one in addresses]
    return found


def _told(mails: list[Due], settings: Settings) -> Sent:
    """What would be sent."""
    sent = Sent()
    for due in mails:
        names = ", ".join(path.name for path in due.attachments)
        to = ", ".join(due.to) or text("send.no_address")
        sent.lines.append(text("send.would", reader=due.reader, to=to, subject=due.subject, files=names))
    sent.lines.append(text("send.would_total", n=len(mails)) if mails else text("send.nothing_due"))
    return sent


def _send(
    mails: list[Due], request: NightRequest, settings: Settings, memory: Memory, retry_now: bool
) -> Sent:
    now = datetime.now(TIME_ZONE)
    sent = Sent()
    sender = settings.smtp.sender if settings.smtp else mail.NO_SENDER
    unaddressed = [due.reader for due in mails if settings.smtp and not due.to]
    for due in mails:
        if due.to or not settings.smtp:
            memory.enqueue(due.message(sender, now), due.audience, due.news, due.as_of)
    if settings.smtp is None:
        written = delivery.write_files(request.home.outbox, memory, now)
        sent.lines += [text("send.written", file=path) for path in written]
        sent.lines.append(text("send.written_total", n=len(written)) if written else text("send.nothing_due"))
        return sent
    outcomes = delivery.deliver(settings.smtp, memory, now, regardless=retry_now)
    for one in outcomes:
        key = "send.failed" if one.error else "send.sent"
        sent.lines.append(text(key, address=one.address, subject=one.subject, error=one.error))
    sent.lines += [text("send.unaddressed", reader=reader) for reader in unaddressed]
    waiting = memory.waiting()
    for one_waiting in waiting:
        at = one_waiting.next_try_at.astimezone(TIME_ZONE).strftime("%H:%M %d/%m/%Y")
        sent.lines.append(
            text(
                "send.waiting",
                address=one_waiting.address,
                attempts=one_waiting.attempts,
                at=at,
                error=one_waiting.error,
            )
        )
    done = sum(not one.error for one in outcomes)
    sent.lines.append(
        text("send.total", n=done, waiting=len(waiting)) if outcomes or waiting else text("send.nothing_due")
    )
    sent.failed = bool(waiting)
    return sent
