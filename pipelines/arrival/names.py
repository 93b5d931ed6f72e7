"""A file's name as somebody sent it, made the name of a file in the raw folder: a name, never a path."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable

from pipelines.common.file_names import LONGEST_BYTES, fitting
from pipelines.text.keys import nfc

LATER = "\u3000"
"""Put before a name, it sorts behind every name of Latin letters, and no key of a list changes (0016)."""
MOST_LATER = 20
"""Names leave room for so many of them."""
_NO_LETTER = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Controls, marks of direction, halves of letters, letters nobody has: none shows what a name is."""
_NO_SHARE_TAKES = re.compile(r'[<>:"|?*/\\]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
_NAMELESS = "tep"


def safe_name(written: str) -> str:
    """The name a file gets in the raw folder.

    Args:
        written: as the browser or the mail tells it; may be a path, or anything.

    Returns:
        One part of a path that Linux and Windows take, which the night does not ignore, in NFC, with room for
        ``MOST_LATER`` signs before it. The extension stays.
    """
    last = re.split(r"[/\\]", written)[-1]
    seen = "".join(one for one in nfc(last) if unicodedata.category(one) not in _NO_LETTER)
    plain = _NO_SHARE_TAKES.sub("-", seen).strip().rstrip(". ")
    while plain.startswith(("~$", ".", " ", LATER)):
        plain = plain.removeprefix("~$").lstrip(". " + LATER)
    if _DEVICES.match(plain) or not plain:
        plain = f"{_NAMELESS}-{plain}" if plain else _NAMELESS
    return fitting(plain, more=MOST_LATER * len(os.fsencode(LATER)))


def after(name: str, names: Iterable[str]) -> str:
    """The name as it sorts behind all others of its day, so that the night takes what came last for the last.

    Args:
        name: from ``safe_name``.
        names: of the files that lie in the same folder.

    Raises:
        TooManyLater: more than ``MOST_LATER`` times something came that sorts before what lies there.

    Source: docs/contract.md, «on the same day the later file name in byte order wins».
    """
    last = max((one.encode() for one in names), default=b"")
    for times in range(MOST_LATER + 1):
        if (LATER * times + name).encode() > last:
            return LATER * times + name
    raise TooManyLater(name)


class TooManyLater(ValueError):
    """No name is left that sorts last in this folder."""


assert len(os.fsencode(LATER)) * MOST_LATER < LONGEST_BYTES
