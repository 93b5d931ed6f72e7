"""Handing mails to the server, or writing them as .eml files; what fails is kept and tried later."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.reference.settings import Smtp
from pipelines.reports.mail.memory import Memory, Queued
from pipelines.sentences import text

USER, PASSWORD = "THIDUA_SMTP_USER", "THIDUA_SMTP_PASSWORD"  # names of variables
LOCK_SECONDS = 30
_TROUBLE = (smtplib.SMTPException, OSError)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One try: who got it, or why not."""

    subject: str
    address: str
    error: str = ""


def hand_over(outbox: Path, memory: Memory, smtp: Smtp | None, now: datetime) -> list[Outcome]:
    """Hand over what waits, unless ``thidua send`` is at it, which takes these along.

    Args:
        outbox: HOME/outbox.
        memory: the queue.
        smtp: the server; without one the mails become files.
        now: the time.
    """
    if not memory.due(now, regardless=smtp is None):
        return []
    outbox.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(outbox / "send.lock", timeout=LOCK_SECONDS):
            if smtp is None:
                return [Outcome(str(path), "") for path in write_files(outbox, memory, now)]
            return deliver(smtp, memory, now)
    except Timeout:
        return []


def write_files(outbox: Path, memory: Memory, now: datetime) -> list[Path]:
    """Write every waiting mail as a complete .eml file; a file is there whole or not at all.

    Args:
        outbox: HOME/outbox.
        memory: the queue.
        now: the time.
    """
    written = []
    for mail in memory.due(now, regardless=True):
        target = outbox / mail.file_name
        fresh = target.with_name(f".{target.name}.next")
        with fresh.open("wb") as stream:
            stream.write(mail.content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(fresh, target)
        memory.note_done(mail.message_id, mail.addresses or ("",), "written")
        written.append(target)
    return written


def deliver(smtp: Smtp, memory: Memory, now: datetime, *, regardless: bool = False) -> list[Outcome]:
    """Hand every due mail to the server, each noted as sent the moment the server has taken it.

    Args:
        smtp: the server; user and password are read from the environment.
        memory: the queue.
        now: the time, for the next tries.
        regardless: try those too whose next try is still ahead.
    """
    mails = [mail for mail in memory.due(now, regardless=regardless) if mail.addresses]
    outcomes: list[Outcome] = []
    while mails:
        try:
            with _session(smtp) as server:
                while mails:
                    outcomes += _hand_over(server, smtp, memory, mails[0], now)
                    mails.pop(0)
        except _Cut as cut:  # the server is gone: this mail waits, the others get a new connection
            outcomes += _failed(memory, mails.pop(0), str(cut), smtp, now)
        except _TROUBLE as error:  # no connection, no TLS, wrong password: nothing can be sent now
            reason = _reason(error)
            return outcomes + [o for mail in mails for o in _failed(memory, mail, reason, smtp, now)]
    return outcomes


class _Cut(Exception):
    """The connection ended while a mail was being handed over."""


def _hand_over(
    server: smtplib.SMTP, smtp: Smtp, memory: Memory, mail: Queued, now: datetime
) -> list[Outcome]:
    refused: dict[str, tuple[int, bytes]] = {}
    try:
        refused = server.sendmail(smtp.sender, mail.addresses, mail.content)
    except smtplib.SMTPRecipientsRefused as error:
        refused = error.recipients
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        if not isinstance(error, smtplib.SMTPResponseException):
            raise _Cut(text("send.cut")) from error
        return _failed(memory, mail, _reason(error), smtp, now)
    sent = [one for one in mail.addresses if one not in refused]
    memory.note_done(mail.message_id, sent, "sent")
    outcomes = [Outcome(mail.subject, one) for one in sent]
    for one, (code, words) in refused.items():
        reason = text("send.refused", code=code, words=words.decode("utf-8", "replace"))
        memory.note_failure(mail.message_id, one, reason, now, smtp.retry_minutes)
        outcomes.append(Outcome(mail.subject, one, reason))
    return outcomes


def _failed(memory: Memory, mail: Queued, reason: str, smtp: Smtp, now: datetime) -> list[Outcome]:
    for one in mail.addresses:
        memory.note_failure(mail.message_id, one, reason, now, smtp.retry_minutes)
    return [Outcome(mail.subject, one, reason) for one in mail.addresses]


@contextmanager
def _session(smtp: Smtp) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted, whose certificate is checked, logged in where a user is given."""
    context = ssl.create_default_context()
    if smtp.ca_file is not None:
        context.load_verify_locations(smtp.ca_file)
    server: smtplib.SMTP
    if smtp.security == "tls":
        server = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=smtp.timeout_seconds, context=context)
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=smtp.timeout_seconds)
    try:
        if smtp.security == "starttls":
            server.starttls(context=context)
        user = os.environ.get(USER)
        if user:
            server.login(user, os.environ.get(PASSWORD, ""))
        yield server
    finally:
        with suppress(*_TROUBLE):
            server.quit()


def _reason(error: BaseException) -> str:
    """Why, for people; the server's own words after it."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return text("send.password", code=error.smtp_code)
    if isinstance(error, ssl.SSLError):
        return text("send.certificate", words=getattr(error, "verify_message", "") or error.reason or "TLS")
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        told = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
        return text("send.refused", code=error.smtp_code, words=told)
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return text("send.cut")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return text("send.unsupported")
    return text("send.unreachable", words=error)
