"""What lies in the raw folder tonight: every file with its place in the layout and its hash."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipelines.inbox import limits
from pipelines.inbox.document import Unreadable
from pipelines.text.keys import nfc

_IGNORED = ("~$", ".")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LAYOUT_PARTS = 4
_CHUNK = 1 << 20
_OF_THE_DISK = {
    errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.ENOTCONN, errno.EHOSTDOWN, errno.EHOSTUNREACH,
    errno.ENETDOWN, errno.ENETUNREACH, errno.ECONNRESET, errno.ECONNREFUSED, errno.EREMOTEIO, errno.ENXIO,
}  # fmt: skip
_ASKED = 5
"""So many other files are tried before the whole disk or share is taken to be gone."""
UNREADABLE = "RD-KHONG-DOC"


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file of the raw folder.

    ``problem`` is a rule id of reading_rules.yml when its place is wrong or it must not be opened;
    whether programme and unit exist is for the caller to say.
    """

    source_file: str
    """Relative to RAW, with "/", NFC."""
    path: Path
    programme_id: str | None
    unit_code: str | None
    received_on: date | None
    byte_size: int
    mtime_ns: int
    problem: str | None = None
    problem_params: tuple[tuple[str, str], ...] = ()

    @property
    def top(self) -> Path:
        """The raw folder, or where a file stands alone the folder it stands in."""
        return self.path.parents[min(self.source_file.count("/"), len(self.path.parents) - 1)]

    @property
    def file_name(self) -> str:
        """The last part, with extension."""
        return self.source_file.rsplit("/", 1)[-1]


class Fingerprint(NamedTuple):
    """Hashes of one file."""

    content_sha256: str
    submission_id: str


HashCache = MutableMapping[tuple[str, int, int], Fingerprint]
"""(path, size, mtime_ns) → hashes, kept by the caller from night to night."""


def scan(raw: Path) -> list[RawFile]:
    """Every file under the raw folder, in the order of ``source_file``; links are never followed out.

    Args:
        raw: the raw folder; names starting with ``~$`` or ``.`` are ignored.

    Raises:
        OSError: the raw folder, or the disk or share it lies on, is gone. A folder below it that may not be
            opened is found as if it were a file.

    Source: docs/contract.md#layout.
    """
    top = raw.resolve()
    found: list[RawFile] = []

    def closed(error: OSError) -> None:
        if not isinstance(error, PermissionError) or Path(error.filename) == top:
            raise error
        found.append(_raw_file(top, Path(error.filename)))

    for folder, folders, names in os.walk(top, onerror=closed):
        linked = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        folders[:] = sorted(
            set(folders) - set(linked) - {name for name in folders if name.startswith(_IGNORED)}
        )
        found += [
            _raw_file(top, Path(folder, name)) for name in [*names, *linked] if not name.startswith(_IGNORED)
        ]
    return sorted(found, key=lambda file: (file.source_file, os.fsencode(file.path)))


def found_at(raw: Path, source_file: str) -> RawFile | None:
    """The file that lies under this very name, as ``scan`` finds it, without looking at all others.

    Args:
        raw: the raw folder.
        source_file: its name; on the disk it may be written otherwise (NFD), then only ``scan`` finds it.

    Returns:
        None where the way to it leads through a link, or no file can have such a name. What is not there has
        a problem, as what may not be opened has.

    Raises:
        OSError: the disk or share is gone.
    """
    if "\0" in source_file:
        return None
    top = raw.resolve()
    path = top / source_file
    return _raw_file(top, path) if path.parent.resolve() == path.parent else None


def _raw_file(top: Path, path: Path) -> RawFile:
    below = os.fspath(path)[len(os.fspath(top)) :].lstrip(os.sep)
    source_file = nfc(os.fsencode(below).decode("utf-8", "replace").replace(os.sep, "/"))
    parts = source_file.split("/")
    programme = unit = received = problem = None
    params: tuple[tuple[str, str], ...] = ()
    if len(parts) != _LAYOUT_PARTS:
        problem = "RD-SAI-THU-MUC"
    else:
        programme, unit = parts[0], parts[1]
        received = _date(parts[2])
        if received is None:
            problem, params = "RD-NGAY-THU-MUC", (("folder", parts[2]),)
    size, mtime, access = _inspect(top, path)
    if access:
        problem, params = access, ()
    return RawFile(source_file, path, programme, unit, received, size, mtime, problem, params)


def _inspect(top: Path, path: Path) -> tuple[int, int, str | None]:
    """Size, time and the reason not to open it: a link that leads out, or no regular file."""
    try:
        status = os.lstat(path)  # of most, all there is to ask
        is_link = stat.S_ISLNK(status.st_mode)
        if is_link:
            if not path.resolve().is_relative_to(top):
                return 0, 0, "RD-LIEN-KET"
            status = path.stat()
    except (OSError, RuntimeError) as error:
        raise_if_gone(error, path, top)
        return 0, 0, UNREADABLE
    if is_link and stat.S_ISDIR(status.st_mode):
        return 0, 0, "RD-LIEN-KET"
    if not stat.S_ISREG(status.st_mode):
        return 0, 0, UNREADABLE
    return status.st_size, status.st_mtime_ns, None


def _date(text: str) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def submission_id(source_file: str, data: bytes) -> str:
    """SHA-256 of the path and the bytes: ``source_file`` in UTF-8, a zero byte, the bytes."""
    return hashlib.sha256(source_file.encode() + b"\0" + data).hexdigest()


def fingerprint(file: RawFile, cache: HashCache) -> Fingerprint:
    """Hashes of a file; unchanged files (path, size, time) are not read again.

    Args:
        file: what ``scan`` found. A file that must not be opened is hashed as if it were empty; of one too
            large to be read only size and time are hashed, for a sparse one may be endless.
        cache: results of earlier nights; new ones are added.

    Raises:
        Unreadable: RD-KHONG-DOC, this file alone.
        OSError: the disk or share is gone.
    """
    key = (os.fspath(file.path), file.byte_size, file.mtime_ns)
    known = cache.get(key)
    if known is not None:
        return known
    content = hashlib.sha256()
    with_path = hashlib.sha256(file.source_file.encode() + b"\0")
    if file.byte_size > limits.FILE_BYTES:
        for digest in (content, with_path):
            digest.update(f"{file.byte_size} {file.mtime_ns}".encode())
    elif file.problem not in ("RD-LIEN-KET", UNREADABLE):
        try:
            with file.path.open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    content.update(chunk)
                    with_path.update(chunk)
        except OSError as error:
            raise_if_gone(error, file.path, file.top)
            raise Unreadable(UNREADABLE) from error
    cache[key] = Fingerprint(content.hexdigest(), with_path.hexdigest())
    return cache[key]


def read_bytes(file: RawFile) -> bytes:
    """The bytes of a file.

    Raises:
        Unreadable: the file's own problem, RD-QUA-LON, or RD-KHONG-DOC.
        OSError: the disk or share is gone.
    """
    if file.problem:
        raise Unreadable(file.problem, **dict(file.problem_params))
    if file.byte_size > limits.FILE_BYTES:
        raise Unreadable("RD-QUA-LON")
    try:
        return file.path.read_bytes()
    except OSError as error:
        raise_if_gone(error, file.path, file.top)
        raise Unreadable(UNREADABLE) from error


def raise_if_gone(error: Exception, path: Path, top: Path) -> None:
    """Raise what befell one file where it befalls others too.

    Args:
        error: of this file.
        path: the file.
        top: the raw folder.

    Raises:
        OSError: the disk or share is gone, not the file alone.
    """
    if not isinstance(error, OSError) or error.errno not in _OF_THE_DISK:
        return
    asked = 0
    for folder, _, names in os.walk(top, onerror=_raise):
        for name in names:
            other = os.path.join(folder, name)
            if other == os.fspath(path) or os.path.islink(other):
                continue
            try:
                if stat.S_ISREG(os.stat(other).st_mode):
                    with open(other, "rb") as stream:
                        stream.read(1)
                    return
            except OSError:
                asked += 1
            if asked == _ASKED:
                raise error
    raise error


def _raise(error: OSError) -> None:
    raise error
