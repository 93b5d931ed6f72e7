"""The answer to a mail: the same receipts and the same words as on the pages, through the reports' outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pipelines.arrival.checking.job import FileTold
from pipelines.arrival.mailbox.letter import Letter
from pipelines.arrival.receiving import Receipt
from pipelines.night.request import TIME_ZONE
from pipelines.reference.settings import Settings
from pipelines.reports.digest import Digest
from pipelines.reports.mail import mail
from pipelines.reports.mail.memory import Memory, Queued
from pipelines.sentences import text
from pipelines.text.printable import one_line

_NO_NEWS = Digest((), (), (), (), ())


def enqueue(memory: Memory, settings: Settings, letter: Letter, words: str, unit: str, now: datetime) -> None:
    """Keep an answer to be delivered; of one mail once, however often it is fetched."""
    sender = settings.smtp.sender if settings.smtp else mail.NO_SENDER
    reply_to = (settings.imap.address,) if settings.imap else ()
    identifier = mail.message_id(sender, ["collect", letter.key])
    subject = text("collect.subject", subject=one_line(letter.subject)[:120])
    content = mail.compose(sender, [letter.sender], unit, subject, words, [], identifier, now, reply_to)
    name = mail.safe_name(f"{now.date().isoformat()}_tra-loi_{letter.place.unit_code}_{identifier[1:9]}.eml")
    audience = f"{letter.place.programme_id}/mailbox/{letter.place.unit_code}"
    memory.enqueue(
        Queued(identifier, subject, name, content, (letter.sender,)), audience, _NO_NEWS, now.date()
    )


def words_of(
    unit: str, receipts: Sequence[Receipt], refused: Sequence[str], told: Sequence[FileTold], trouble: str
) -> str:
    """What an answer says.

    Args:
        unit: its name.
        receipts: of what was received.
        refused: why other files were not.
        told: what the check says of each file.
        trouble: why there is no check.
    """
    lines = [text("mail.unit_greeting", unit=unit), ""]
    for one in receipts:
        key = "collect.received_before" if one.again else "collect.received"
        at, night = (
            moment.astimezone(TIME_ZONE).strftime("%H:%M %d/%m/%Y") for moment in (one.at, one.night)
        )
        lines.append(
            text(key, file=one_line(one.name), number=one.number, at=at, night=night, sha256=one.sha256)
        )
    lines += refused
    for file in told:
        lines += ["", file.read, *file.due, *([file.total] if file.total else [])]
        for number, message in enumerate(file.messages, start=1):
            severity = text(f"severity.{message.severity}").upper()
            first, *others = message.lines
            lines.append(text("check.finding", number=number, severity=severity, message=first))
            lines += [*others, text("check.where", where=message.where)]
            lines += [text("check.fix", fix=fix) for fix in message.fixes]
            lines += [text("check.basis", basis=basis, rule=rule) for basis, rule in message.bases]
    if trouble:
        lines += ["", trouble]
    return "\n".join([*lines, "", text("collect.close"), ""])
