"""Names of files we write that are made of names others chose."""

from __future__ import annotations

import hashlib
import os
from pathlib import PurePath

LONGEST_BYTES = 255
"""What file systems take for one name."""
_MARK = 8


def fitting(name: str, more: int = 0) -> str:
    """The name as one part of a path: it leads nowhere else, and any file system takes it.

    Args:
        name: as somebody named a file.
        more: bytes that will be added to it.

    Returns:
        The name itself where it fits, else one that is cut and told apart by a digest of the whole.
    """
    plain = "".join(letter if letter.isprintable() and letter not in "/\\" else "-" for letter in name)
    if not plain.strip(". "):
        plain = f"_{plain}"
    if len(os.fsencode(plain)) + more <= LONGEST_BYTES and plain == name:
        return name
    suffix = PurePath(plain).suffix
    mark = f"~{hashlib.sha256(os.fsencode(name)).hexdigest()[:_MARK]}{suffix}"
    room = LONGEST_BYTES - more - len(os.fsencode(mark))
    stem = os.fsencode(plain.removesuffix(suffix))[: max(room, 0)]
    return stem.decode("utf-8", "ignore") + mark
