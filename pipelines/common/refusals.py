"""What the machine refuses (full disk, read-only folder, a share that went away), whoever passes the word on.

The same refusal reaches us as an ``OSError``, or inside the words of SQLite, DuckDB, Dagster or dbt.
"""

from __future__ import annotations

import errno

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
)


def refusal_of(error: BaseException) -> str | None:
    """The kind of refusal behind an error or its causes.

    Returns:
        ``full``, ``read_only``, ``no_permission``, ``missing``, ``io``; None: the machine refused nothing.
    """
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in _BY_NUMBER:
            return _BY_NUMBER[seen.errno]
        if kind := refusal_in(str(seen)):
            return kind
        seen = seen.__cause__ or seen.__context__
    return None


def refusal_in(words: str) -> str | None:
    """The kind of refusal that another program's message tells; None: it tells of none."""
    lowered = words.lower()
    return next((kind for told, kind in _BY_WORDS if told in lowered), None)
