"""Messages: headers that data cannot break, plain attachment names, a Message-ID that stays the same."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from pipelines.sentences import text

_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_UNSAFE_IN_NAMES = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029/\\]+")
NO_SENDER = "khong-tra-loi@thidua.invalid"
"""RFC 2606: a name no one owns, for .eml files of an installation without a mail server."""


class BadAddress(ValueError):
    """An address of settings.yml that is none."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content: bytes


def one_line(words: str) -> str:
    """Words that are safe in a header: no line breaks, no control signs."""
    return _BREAKS.sub(" ", words).strip()


def safe_name(name: str) -> str:
    """A file name without folders or control signs; letters with marks stay as they are."""
    return _UNSAFE_IN_NAMES.sub("-", name).strip(". ") or "tep"


def address(written: str) -> Address:
    """The address in a setting, as ``name@host``.

    Raises:
        BadAddress: it is none, or carries a line break.
    """
    try:
        if _BREAKS.search(written) or written.count("@") != 1 or re.search(r"[\s,;<>()]", written):
            raise ValueError(written)
        return Address(addr_spec=written)
    except (ValueError, IndexError, MessageError) as error:
        raise BadAddress(written) from error


def message_id(sender: str, parts: Iterable[str]) -> str:
    """The same parts always give the same Message-ID."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
    return f"<{digest}@{address(sender).domain}>"


def _encoded(name: str, words: str) -> str:
    """Words of a header, encoded and folded.

    `EmailMessage` loses the blank at which it folds between two encoded words; `Header` keeps it.
    """
    told = one_line(words).encode("utf-8", "replace").decode()
    return Header(told, "utf-8", maxlinelen=70, header_name=name).encode(linesep=SMTP.linesep)


def compose(
    sender: str,
    to: Sequence[str],
    group: str,
    subject: str,
    body: str,
    attachments: Sequence[Attachment],
    identifier: str,
    at: datetime,
    reply_to: Sequence[str] = (),
) -> bytes:
    """A complete message.

    Args:
        sender: the address it comes from.
        to: addresses; none makes an empty group, to be filled in by whoever hands the file on.
        group: the group's name, e.g. the unit's.
        subject: the subject.
        body: plain text.
        attachments: files.
        identifier: its Message-ID.
        at: its date.
        reply_to: where answers go, if not to the sender.

    Raises:
        BadAddress: for an address that is none.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(one_line(text("author")), addr_spec=address(sender).addr_spec)
    first = [f"Subject: {_encoded('Subject', subject)}"]
    if to:
        message["To"] = [address(one) for one in to]
    else:
        first.append(f"To: {_encoded('To', group)} :;")
    if reply_to:
        message["Reply-To"] = [address(one) for one in reply_to]
    message["Message-ID"] = identifier
    message["Date"] = format_datetime(at)
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "vi"
    message.set_content(body, cte="base64")
    for attachment in attachments:
        name = safe_name(attachment.name)
        main, _, sub = (mimetypes.guess_type(name)[0] or "application/octet-stream").partition("/")
        content = attachment.content
        if main == "text":
            main, sub = "application", "octet-stream"
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return "".join(line + SMTP.linesep for line in first).encode("ascii") + message.as_bytes()
