"""Which mails are due: per programme one to Ban TĐKT, and one to each unit with its own files only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pipelines.reference.settings import Recipient, Settings
from pipelines.reports.build import board_news, letters_due
from pipelines.reports.digest import Digest, digest
from pipelines.reports.finding import BY_UNIT, Finding
from pipelines.reports.letters.content import IN_LETTERS
from pipelines.reports.letters.letterhead import Letterhead, load_letterhead
from pipelines.reports.mail import mail
from pipelines.reports.mail.memory import Memory, Queued
from pipelines.reports.mail.reminders import load_reminders
from pipelines.reports.mail.text import board_subject, board_text, unit_subject, unit_text
from pipelines.reports.places import letter_path, returned_files, workbook_path
from pipelines.reports.published import Published
from pipelines.sentences import text


@dataclass(frozen=True, slots=True)
class Due:
    """A mail that should go out."""

    audience: str
    reader: str
    """Who reads it, in words."""
    to: tuple[str, ...]
    subject: str
    body: str
    attachments: tuple[Path, ...]
    news: Digest
    as_of: date
    reply_to: tuple[str, ...] = ()
    """Where answers go: the mailbox that is collected; where there is none, of a unit's mail the board."""

    @property
    def is_reminder(self) -> bool:
        """It tells nothing that its reader has not been told before."""
        return not self.news.new

    @property
    def place(self) -> tuple[str, str] | None:
        """Programme and unit of a unit's mail; None of the board's, which nobody has to approve."""
        programme_id, _, unit_code = self.audience.partition("/unit/")
        return (programme_id, unit_code) if unit_code else None

    @property
    def key(self) -> str:
        """What an approval is given for: these findings told to this reader, on whatever night."""
        told = sorted(finding.finding_id for finding in self.news.open)
        return hashlib.sha256("\x1f".join([self.audience, *told]).encode()).hexdigest()

    def message(self, sender: str, at: datetime) -> Queued:
        """The complete message; the same news give the same Message-ID."""
        told = sorted(f"{f.finding_id}" for f in self.news.open)
        due = sorted(f.finding_id for f in (*self.news.new, *self.news.reminded))
        identifier = mail.message_id(sender, [self.audience, self.as_of.isoformat(), *due, "/", *told])
        files = [mail.Attachment(path.name, path.read_bytes()) for path in self.attachments]
        words = (self.reader, self.subject, self.body)
        content = mail.compose(sender, self.to, *words, files, identifier, at, self.reply_to)
        short = self.audience.replace("/", "_")
        name = mail.safe_name(f"{self.as_of.isoformat()}_{short}_{identifier[1:9]}.eml")
        return Queued(identifier, self.subject, name, content, self.to)


Approve = Callable[[Iterable[Due]], list[Due]]
"""Of the mails that are due, those that may go out, in the words an officer gave them."""


def due_mails(
    published: Published, reports: Path, reference: Path, settings: Settings, memory: Memory
) -> list[Due]:
    """Every mail that says something its reader does not know, or reminds him when the schedule says so.

    Args:
        published: the published night.
        reports: HOME/reports/<as_of>, where the attachments are.
        reference: the reference folder, for letterheads and reminders.
        settings: recipients.
        memory: what readers were told.
    """
    mailbox = (settings.imap.address,) if settings.imap else ()
    mails: list[Due] = []
    for programme_id in sorted(published.programmes):
        recipients = settings.recipients.get(programme_id, Recipient())
        desk = _Desk(published, programme_id, reports, reference, recipients, memory, mailbox)
        mails += [*_board(desk), *_units(desk)]
    return mails


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the mails of one programme are made from."""

    published: Published
    programme_id: str
    reports: Path
    reference: Path
    recipients: Recipient
    memory: Memory
    mailbox: tuple[str, ...]
    """That ``thidua collect`` reads, where there is one."""

    def letterhead(self) -> Letterhead:
        name = self.published.programmes[self.programme_id]
        return load_letterhead(self.reference, self.programme_id, name, self.recipients.board)


def _board(desk: _Desk) -> Iterator[Due]:
    published, programme_id, reports = desk.published, desk.programme_id, desk.reports
    news = board_news(published, programme_id, desk.memory, desk.reference)
    if not news.is_due:
        return
    head = desk.letterhead()
    letters = letters_due(published, reports, programme_id, news)
    yield Due(
        audience=f"{programme_id}/board",
        reader=text("mail.board_reader", programme=published.programmes[programme_id]),
        to=desk.recipients.board,
        subject=board_subject(head, news, published.as_of),
        body=board_text(published, news, letters),
        attachments=(
            workbook_path(reports, published.as_of, programme_id),
            *(letter_path(reports, programme_id, code) for code in letters),
        ),
        news=news,
        as_of=published.as_of,
        reply_to=desk.mailbox,
    )


def _units(desk: _Desk) -> Iterator[Due]:
    published, programme_id, reports = desk.published, desk.programme_id, desk.reports
    head = desk.letterhead()
    reminders = load_reminders(desk.reference)
    for code in published.units_to_write_to(programme_id):
        audience = f"{programme_id}/unit/{code}"
        told = desk.memory.told(audience)
        known = [*published.of(programme_id, code), *published.steps_done(told)]
        concerned = [finding for finding in known if _is_asked(finding)]
        news = digest(concerned, told, reminders, published.as_of)
        letter = letter_path(reports, programme_id, code)
        if not news.is_due or not letter.exists():
            continue
        files = returned_files(reports, programme_id, code)
        name = published.addressed.get(code) or published.unit_name(code)
        names = [path.name for path in files]
        yield Due(
            audience=audience,
            reader=name,
            to=desk.recipients.units.get(code, ()),
            subject=unit_subject(published, head, news),
            body=unit_text(name, head, news, published.as_of, names),
            attachments=(letter, *files),
            news=news,
            as_of=published.as_of,
            reply_to=desk.mailbox or desk.recipients.board,
        )


def _is_asked(finding: Finding) -> bool:
    return finding.mends == BY_UNIT and finding.severity in IN_LETTERS
