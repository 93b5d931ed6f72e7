"""What the machine refuses (full disk, read-only folder, a share that went away), whoever passes the word on.

The same refusal reaches us as an ``OSError``, or inside the words of SQLite, DuckDB, Dagster or dbt.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FULL_BYTES = 1_000_000
"""A disk with less room is full."""
_NUMBERS = {
    "full": errno.ENOSPC,
    "read_only": errno.EROFS,
    "no_permission": errno.EACCES,
    "io": errno.EIO,
}
_BY_NUMBER = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EIO: "io",
    errno.ESTALE: "io",
    errno.ETIMEDOUT: "io",
    errno.ENOTCONN: "io",
}
_BY_WORDS = (
    ("no space left on device", "full"),
    ("database or disk is full", "full"),
    ("disk quota exceeded", "full"),
    ("read-only file system", "read_only"),
    ("readonly database", "read_only"),
    ("permission denied", "no_permission"),
    ("unable to open database file", "no_permission"),
    ("input/output error", "io"),
    ("disk i/o error", "io"),
    ("stale file handle", "io"),
    ("transport endpoint is not connected", "io"),
    ("not a valid duckdb database", "damaged"),
    ("corrupt database file", "damaged"),
)


def refusal_of(error: BaseException) -> str | None:
    """The kind of refusal behind an error or its causes.

    Returns:
        ``full``, ``read_only``, ``no_permission``, ``missing``, ``io``, ``damaged``; None: nothing refused.
    """
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in _BY_NUMBER:
            return _BY_NUMBER[seen.errno]
        if kind := refusal_in(str(seen)):
            return kind
        seen = seen.__cause__ or seen.__context__
    return None


def path_in(words: str) -> str | None:
    """The file that another program's message names in quotation marks."""
    found = re.search(r'"(/[^"]+)"', words)
    return found[1] if found else None


def refusal_in(words: str) -> str | None:
    """The kind of refusal that another program's message tells; None: it tells of none."""
    lowered = words.lower()
    return next((kind for told, kind in _BY_WORDS if told in lowered), None)


def is_full(place: Path) -> bool:
    """Whether the disk of a folder has no room left, be the folder there or not."""
    there = next(path for path in (place, *place.parents) if path.exists())
    return shutil.disk_usage(there).free < FULL_BYTES


@contextmanager
def as_refusals(file: Path) -> Iterator[None]:
    """What SQLite says where the machine refuses it, as an error of the machine that names the file.

    Args:
        file: the database.

    Raises:
        OSError: full disk, read-only, no permission, broken disk.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        kind = refusal_in(str(error))
        if kind is None:
            raise
        if kind == "io" and is_full(file.parent):  # SQLite tells of a full disk in these words too
            kind = "full"
        raise OSError(_NUMBERS[kind], os.strerror(_NUMBERS[kind]), str(file)) from error
