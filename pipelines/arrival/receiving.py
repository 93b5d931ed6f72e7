"""Bytes that were sent become a file of the raw folder: whole, never over another, and told in the journal.

A line says what is about to be laid down, another that it lies there. Where the machine stops between the
two, ``settle`` looks whether it does: bytes get their line and so their receipt, a half-written file goes.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock

from pipelines.arrival.journal import Entry, Journal, about
from pipelines.arrival.names import NoneLater, after, safe_name
from pipelines.night.request import TIME_ZONE, NightRequest
from pipelines.night.schedule import load_schedule
from pipelines.reference.settings import Arrival
from pipelines.sentences import text
from pipelines.text.numbers_vi import format_number

RECEIVING, RECEIVED, GIVEN_UP = "receiving", "received", "given_up"
LOCK_SECONDS = 60
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""What file systems without links answer, those of some shares; nobody else writes there under our lock."""
MB = 1_000_000


class Refused(Exception):
    """What was sent is not taken; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent."""

    programme_id: str
    unit_code: str
    name: str
    """As the sender's machine calls it."""
    data: bytes
    who: str
    """The account or the address it came from."""
    way: str
    """``page`` or ``mail``."""
    sending: str = ""
    """The draft or the mail it came with: where that is sent on after a cut, its file is no second one."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a file was received."""

    number: int
    at: datetime
    name: str
    source_file: str
    """Where it lies in the raw folder."""
    sha256: str
    size: int
    night: datetime
    """When the night begins that reads it."""
    again: bool = False
    """These very bytes had been received before: this is the receipt of that time."""


def receipt_of(entry: Entry, *, again: bool = False) -> Receipt:
    """The receipt of a line ``received``."""
    told = entry.details
    night = load_schedule().next_after(entry.at)
    return Receipt(
        entry.number, entry.at, told["name"], told["file"], told["sha256"], told["size"], night, again
    )


class Receiving:
    """The way into the raw folder; any number of processes may use it at once."""

    def __init__(self, request: NightRequest, limits: Arrival) -> None:
        """Name the places.

        Args:
            request: raw folder and home.
            limits: sizes and counts of the settings.
        """
        self._raw, self._limits = request.raw, limits
        self.journal = Journal(request.home)
        self._lock = request.home.arrival / "receive.lock"

    def receive(self, sent: Sent) -> Receipt:
        """Lay a file into the raw folder; when this returns it is on disk and in the journal.

        Raises:
            Refused: it is empty, too large, or more than a unit may send in a day.
            OSError: the disk refuses it; nothing was received.
        """
        digest = hashlib.sha256(sent.data).hexdigest()
        with self._alone():
            self._settle()
            known = self._known(sent, digest)
            if known is not None:
                told = (known.details["name"], known.details.get("sending"))
                return receipt_of(known, again=not sent.sending or told != (sent.name, sent.sending))
            now = datetime.now(TIME_ZONE)
            self._refuse(sent, now)
            folder = self._raw / sent.programme_id / sent.unit_code / now.date().isoformat()
            target = folder / _last_name(sent.name, folder)
            intent = self.journal.add(
                sent.who,
                RECEIVING,
                about(sent.programme_id, sent.unit_code),
                name=sent.name,
                file=target.relative_to(self._raw).as_posix(),
                sha256=digest,
                size=len(sent.data),
                way=sent.way,
                sending=sent.sending,
            )
            try:
                _lay_down(self._raw, target, sent.data, intent.number)
            except OSError:
                self._end(intent)
                raise
            try:
                return receipt_of(self._end(intent))
            except OSError:  # no room for the receipt: the file is not received, as its sender is told
                target.unlink()
                raise

    def settle(self) -> list[Entry]:
        """End what a stopped machine left open; says how each ended."""
        with self._alone():
            return self._settle()

    def _settle(self) -> list[Entry]:
        return [self._end(intent) for intent in self.journal.unended(RECEIVING)]

    def _end(self, intent: Entry) -> Entry:
        """The line that ends another: the bytes lie there, or they do not."""
        target = self._raw / intent.details["file"]
        _being_written(target, intent.number).unlink(missing_ok=True)
        is_there = target.is_file() and _digest(target) == intent.details["sha256"]
        what = RECEIVED if is_there else GIVEN_UP
        return self.journal.add(intent.who, what, intent.about, follows=intent.number, **intent.details)

    def _known(self, sent: Sent, digest: str) -> Entry | None:
        """The line of the same bytes of the same unit, where they still lie in the raw folder."""
        unit = about(sent.programme_id, sent.unit_code)
        for entry in reversed(self.journal.entries(RECEIVED, about=unit, sha256=digest)):
            if (self._raw / entry.details["file"]).is_file():
                return entry
        return None

    def _refuse(self, sent: Sent, now: datetime) -> None:
        limits, size = self._limits, len(sent.data)
        if not size:
            raise Refused(text("arrival.empty", file=sent.name))
        if size > limits.file_mb * MB:
            told = format_number(size / MB, 1)
            raise Refused(text("arrival.too_large", file=sent.name, size=told, most=limits.file_mb))
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        unit = about(sent.programme_id, sent.unit_code)
        today = self.journal.entries(RECEIVED, about=unit, since=midnight)
        if len(today) >= limits.files_a_day:
            raise Refused(text("arrival.too_many", most=limits.files_a_day))
        if sum(entry.details["size"] for entry in today) + size > limits.mb_a_day * MB:
            raise Refused(text("arrival.too_much", most=limits.mb_a_day))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with FileLock(self._lock, timeout=LOCK_SECONDS):
            yield


def _last_name(written: str, folder: Path) -> str:
    there = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    try:
        return after(safe_name(written), (name for name in there if not name.startswith(".")))
    except NoneLater:
        raise Refused(text("arrival.none_later", file=written)) from None


def _being_written(target: Path, number: int) -> Path:
    """Where the bytes lie until they are whole: the night ignores names that begin so."""
    return target.with_name(f".{number}.dang-ghi")


def _lay_down(raw: Path, target: Path, data: bytes, number: int) -> None:
    """Write the whole file beside its place, then give it its name; never over another file."""
    fresh = _being_written(target, number)
    made = [folder for folder in (target.parent, *target.parent.parents) if not folder.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o640)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    _give_name(fresh, target)
    for folder in {target.parent, *(one.parent for one in made if one != raw.parent)}:
        _on_disk(folder)


def _give_name(fresh: Path, target: Path) -> None:
    try:
        os.link(fresh, target)
    except OSError as error:
        if error.errno not in _NO_LINKS or target.exists():
            raise
        fresh.rename(target)
    fresh.unlink(missing_ok=True)


def _on_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
