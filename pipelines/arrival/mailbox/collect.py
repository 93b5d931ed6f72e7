"""One run over the office's mailbox.

Cut off anywhere it loses nothing and doubles nothing: bytes have their receipt by their digest, answers
their Message-ID by the mail's, lines of the journal their mail by where it lies, and a mail leaves the folder
last.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime

from filelock import FileLock, Timeout
from imap_tools import AND, Header, MailBox, MailMessage
from imap_tools.errors import ImapToolsError

from pipelines.arrival.accounts.account import Place
from pipelines.arrival.checking.checkers import CannotCheck, Checkers
from pipelines.arrival.checking.job import UNREADABLE
from pipelines.arrival.journal import about
from pipelines.arrival.mailbox.answer import enqueue, words_of
from pipelines.arrival.mailbox.letter import Aside, Letter, letter_of, senders
from pipelines.arrival.names import safe_name
from pipelines.arrival.receiving import MB, Receipt, Receiving, Refused, Sent
from pipelines.night.request import TIME_ZONE, NightRequest, today
from pipelines.reference.load import load_reference
from pipelines.reference.reference import Reference
from pipelines.reference.settings import Imap, Settings, load_settings
from pipelines.reports.mail.delivery import hand_over
from pipelines.reports.mail.memory import Memory
from pipelines.sentences import text

USER, PASSWORD = "THIDUA_IMAP_USER", "THIDUA_IMAP_PASSWORD"  # names of variables
TAKEN, ASIDE = "mail_taken", "mail_aside"


class CannotCollect(Exception):
    """No mailbox in the settings, or it cannot be read; the message says why."""


@dataclass(slots=True)
class Collected:
    """What a run did."""

    taken: int = 0
    aside: int = 0


def collect(request: NightRequest, say: Callable[[str], None], checkers: Checkers | None = None) -> Collected:
    """Take the files of all mails that wait, answer, and move the mails.

    Args:
        request: raw folder, home, reference data, settings.
        say: told of each mail.
        checkers: where they run already; else they are started when the first mail asks for them.

    Raises:
        CannotCollect: see there.
        OSError: the disk refuses a file; its mail stays where it is.
    """
    reference = load_reference(request.reference)
    settings = load_settings(request.settings, reference)
    if settings.imap is None:
        raise CannotCollect(text("collect.no_mailbox"))
    request.home.arrival.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with FileLock(request.home.arrival / "collect.lock", timeout=0), ExitStack() as later:
            run = _Run(request, reference, settings, settings.imap, say, checkers, later)
            return run.all()
    except Timeout:
        raise CannotCollect(text("collect.another")) from None
    except (ImapToolsError, ssl.SSLError, ConnectionError, TimeoutError) as error:
        raise CannotCollect(text("collect.unreachable", host=settings.imap.host, why=error)) from error


class _Run:
    def __init__(
        self,
        request: NightRequest,
        reference: Reference,
        settings: Settings,
        imap: Imap,
        say: Callable[[str], None],
        checkers: Checkers | None,
        later: ExitStack,
    ) -> None:
        self._request, self._reference, self._settings, self._imap = request, reference, settings, imap
        self._say, self._checkers, self._later = say, checkers, later
        self._receiving = Receiving(request, settings.arrival)
        self._memory = Memory(request.home.outbox)
        self._known = senders(settings.recipients)

    def all(self) -> Collected:
        self._receiving.settle()
        done = Collected()
        with _mailbox(self._imap) as box:
            for folder in (self._imap.taken, self._imap.aside):
                if not box.folder.exists(folder):
                    box.folder.create(folder)
            box.folder.set(self._imap.folder)
            place = _place(self._imap, box)
            for head in list(box.fetch(headers_only=True, mark_seen=False, limit=self._imap.mails_a_run)):
                if head.uid is None:
                    continue
                lies = f"{place}/{head.uid}"
                told = self._receiving.journal.entries(TAKEN, ASIDE, mail=lies)  # cut off before it was moved
                taken = told[-1].what == TAKEN if told else self._one(box, head.uid, head.size_rfc822, lies)
                done.taken, done.aside = done.taken + taken, done.aside + (not taken)
                folder = self._imap.taken if taken else self._imap.aside
                if told and _is_copied(box, head, self._imap.folder, folder):
                    box.delete(head.uid)
                else:
                    box.move(head.uid, folder)
        now = self._now()
        for outcome in hand_over(self._request.home.outbox, self._memory, self._settings.smtp, now):
            if outcome.error:
                self._say(f"{outcome.address}: {outcome.error}")
        return done

    def _one(self, box: MailBox, uid: str, size: int, lies: str) -> bool:
        """Whether a mail was taken whole; else it is set aside, with the reason in the journal."""
        if size > self._imap.mail_mb * MB:
            return self._aside(lies, "", "", text("collect.too_large", most=self._imap.mail_mb))
        mail = next(iter(box.fetch(_uid(uid), mark_seen=False)))
        try:
            sender, subject = mail.from_, mail.subject
            letter = letter_of(mail, self._imap, self._known, self._settings.arrival.files_at_once)
        except Aside as why:
            return self._aside(lies, sender, subject, str(why))
        except (ValueError, LookupError, TypeError, AttributeError):  # headers no library can take apart
            return self._aside(lies, "", "", text("collect.unreadable"))
        receipts, refused = self._received(letter)
        words, unread = self._answer(letter, receipts, refused)
        unit = self._unit_name(letter.place)
        enqueue(self._memory, self._settings, letter, words, unit, self._now())
        if to_see := [*refused, *unread]:
            return self._aside(lies, letter.sender, letter.subject, " ".join(to_see), letter.place)
        self._receiving.journal.add(
            letter.sender,
            TAKEN,
            about(letter.place.programme_id, letter.place.unit_code),
            mail=lies,
            key=letter.key,
            name=letter.subject,
            receipts=[one.number for one in receipts],
        )
        self._say(text("collect.taken", sender=letter.sender, unit=unit, n=len(receipts)))
        return True

    def _received(self, letter: Letter) -> tuple[list[Receipt], list[str]]:
        receipts: list[Receipt] = []
        refused = list(letter.left)
        for name, data in sorted(letter.files, key=lambda one: safe_name(one[0]).encode()):
            place = letter.place
            sent = Sent(place.programme_id, place.unit_code, name, data, letter.sender, "mail", letter.key)
            try:
                receipts.append(self._receiving.receive(sent))
            except Refused as why:
                refused.append(str(why))
        return receipts, refused

    def _answer(self, letter: Letter, receipts: list[Receipt], refused: list[str]) -> tuple[str, list[str]]:
        """What the sender is told, and of files that nobody can read, why: a person looks at those too."""
        files = list({safe_name(name): data for name, data in letter.files}.items())
        unit, place = self._unit_name(letter.place), letter.place
        if not files:
            return words_of(unit, receipts, refused, [], ""), []
        if self._checkers is None:
            self._checkers = Checkers(self._request, self._settings.arrival)
            self._later.callback(self._checkers.close)
        try:
            checked = self._checkers.check(files, place.programme_id, place.unit_code, today())
        except CannotCheck as why:
            return words_of(unit, receipts, refused, [], str(why)), []
        told = [one.told for one in checked]
        unread = [one.read for one in told if one.exit_code == UNREADABLE]
        return words_of(unit, receipts, refused, told, ""), unread

    def _aside(self, lies: str, sender: str, subject: str, why: str, place: Place | None = None) -> bool:
        whose = about(place.programme_id, place.unit_code) if place else ""
        self._receiving.journal.add(sender or "?", ASIDE, whose, mail=lies, name=subject, why=why)
        self._say(text("collect.aside", sender=sender or "?", why=why))
        return False

    def _unit_name(self, place: Place) -> str:
        unit = self._reference.units.by_code.get(place.unit_code)
        return unit.name if unit else place.unit_code

    def _now(self) -> datetime:
        return datetime.now(TIME_ZONE)


def _place(imap: Imap, box: MailBox) -> str:
    """A folder for as long as its numbers of mails hold: none is given twice (RFC 3501, 2.3.1.1)."""
    validity = box.folder.status(imap.folder, ["UIDVALIDITY"])["UIDVALIDITY"]
    return f"{imap.host}/{imap.folder}/{validity}"


def _is_copied(box: MailBox, head: MailMessage, source: str, target: str) -> bool:
    """Whether a mail lies where it is to go: moving is copying and deleting, and was cut off between."""
    written = "".join(head.headers.get("message-id", ())).strip()
    box.folder.set(target)
    wanted = AND(header=Header("Message-ID", written)) if written else "ALL"
    there = [one.obj.as_bytes() for one in box.fetch(wanted, headers_only=True, mark_seen=False)]
    box.folder.set(source)
    return head.obj.as_bytes() in there


def _uid(uid: str) -> str:
    return f"UID {uid}"


@contextmanager
def _mailbox(imap: Imap) -> Iterator[MailBox]:
    """The mailbox over TLS with a certificate that holds; signed in."""
    user, password = os.environ.get(USER), os.environ.get(PASSWORD)
    if not user or not password:
        raise CannotCollect(text("collect.credentials", user=USER, password=PASSWORD))
    context = ssl.create_default_context()
    if imap.ca_file is not None:
        context.load_verify_locations(imap.ca_file)
    box = MailBox(imap.host, imap.port, timeout=imap.timeout_seconds, ssl_context=context)
    with box.login(user, password, initial_folder=None):
        yield box
