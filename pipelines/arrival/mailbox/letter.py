"""One mail as it came: who really sent it, for which unit, with which files; or why it is set aside."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from imap_tools.message import MailAttachment, MailMessage

from pipelines.arrival.accounts.account import Place
from pipelines.reference.settings import Imap, Recipient
from pipelines.sentences import text
from pipelines.text.printable import one_line

_BY_PROGRAM = ("list-id", "list-unsubscribe", "x-autoreply", "x-auto-response-suppress")
_METHOD = re.compile(r"\b(spf|dkim|dmarc)\s*=\s*(\w+)", re.IGNORECASE)
_IGNORED = (
    "text/calendar",
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "message/rfc822",
)
"""Kinds of parts that are no files of a dossier; what a forwarded mail holds is found beside it."""
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted")
_OUTLOOK = "application/ms-tnef"


class Aside(Exception):
    """A mail that a person must look at; the message says why."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail with files of a unit."""

    key: str
    """Of its Message-ID and its bytes: the same mail, however often it is fetched."""
    sender: str
    subject: str
    place: Place
    files: tuple[tuple[str, bytes], ...]
    left: tuple[str, ...]
    """Of what was attached and is not taken: why, and what to do."""


def key_of(mail: MailMessage) -> str:
    """What tells a mail from all others."""
    message_id = "".join(mail.headers.get("message-id", ()))
    whole = hashlib.sha256(mail.obj.as_bytes()).hexdigest()
    return hashlib.sha256(f"{message_id}\x1f{whole}".encode()).hexdigest()


def senders(recipients: Mapping[str, Recipient]) -> dict[str, tuple[Place, ...]]:
    """The units each address is listed for."""
    known: dict[str, tuple[Place, ...]] = {}
    for programme_id, recipient in recipients.items():
        for unit_code, addresses in recipient.units.items():
            for address in addresses:
                place = Place(programme_id, unit_code)
                known[address.casefold()] = (*known.get(address.casefold(), ()), place)
    return known


def letter_of(
    mail: MailMessage, imap: Imap, known: Mapping[str, tuple[Place, ...]], most_files: int
) -> Letter:
    """The files of a mail, and whose they are.

    Args:
        mail: fetched whole.
        imap: whose word on the sender counts.
        known: of ``senders``.
        most_files: that one mail may bring.

    Raises:
        Aside: unknown or forged-looking sender, several units, nothing attached, too many files, a program's
            mail.
    """
    sender = mail.from_.casefold()
    if _is_automatic(mail):
        raise Aside(text("collect.automatic"))
    places = known.get(sender, ())
    if not places:
        raise Aside(text("collect.unknown_sender", sender=mail.from_ or "?"))
    if why := _forged(mail, imap.authserv_id):
        raise Aside(why)
    if len(places) > 1:
        units = ", ".join(f"{place.programme_id}/{place.unit_code}" for place in places)
        raise Aside(text("collect.several_units", sender=sender, units=units))
    parts = [one for one in mail.attachments if not one.content_type.startswith(_IGNORED)]
    said = [(one, _left(one)) for one in parts if one.filename and not _is_shown(one)]
    files = tuple((one.filename, one.payload) for one, why in said if why is None)
    left = tuple(why for _, why in said if why is not None)
    if not said:
        raise Aside(text("collect.no_file"))
    if len(files) > most_files:
        raise Aside(text("collect.too_many", n=len(files), most=most_files))
    return Letter(key_of(mail), sender, mail.subject, places[0], files, left)


def _is_shown(part: MailAttachment) -> bool:
    """A picture that stands in the text of a mail, as in a block of signature."""
    return part.content_type.startswith("image/") and (
        part.content_disposition == "inline" or bool(part.content_id)
    )


def _left(part: MailAttachment) -> str | None:
    """Why an attachment is not taken; what it holds could not be read, and nothing is left out in silence."""
    kind, name = part.content_type, one_line(part.filename)
    if kind == _OUTLOOK or part.filename.casefold() == "winmail.dat":
        return text("collect.left_outlook", file=name)
    if kind in _SEALED:
        return text("collect.left_sealed", file=name)
    if kind.startswith("image/"):
        return text("collect.left_picture", file=name)
    return None if part.payload else text("arrival.empty", file=name)


def _is_automatic(mail: MailMessage) -> bool:
    submitted = "".join(mail.headers.get("auto-submitted", ("no",))).strip().casefold()
    return submitted != "no" or any(name in mail.headers for name in _BY_PROGRAM)


def _forged(mail: MailMessage, authserv_id: str) -> str | None:
    """Why the sender may be another; None where the office's own server vouches for him.

    Its own line is the first one with its name: servers put theirs on top, and drop what pretends to be.
    """
    written = mail.from_values
    if len(mail.obj.get_all("from", [])) != 1 or written is None or written.email.count("@") != 1:
        return text("collect.forged", why="From")
    own = next(
        (
            line
            for line in mail.headers.get("authentication-results", ())
            if line.split(";", 1)[0].split()[:1] == [authserv_id]
        ),
        None,
    )
    if own is None:
        return text("collect.unvouched", server=authserv_id)
    told = {method.lower(): result.lower() for method, result in _METHOD.findall(own)}
    without_dmarc = told.get("dmarc", "none") == "none" and told.get("dkim") == told.get("spf") == "pass"
    if told.get("dmarc") == "pass" or without_dmarc:
        return None
    why = ", ".join(f"{method}={result}" for method, result in told.items()) or "-"
    return text("collect.forged", why=why)
