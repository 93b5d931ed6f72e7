"""A file's name as somebody sent it, made the name of a file in the raw folder: a name, never a path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pipelines.common.file_names import fitting
from pipelines.text.keys import nfc

LATER = "\u3000"
"""A blank that sorts behind every Latin letter; put before a name it changes no key of a list (0016)."""
_DIGITS = "".join(map(chr, range(0x2002, 0x200B)))
"""Nine blanks in the order in which they sort: behind LATER they count what came later on one day."""
_PLACES = 4
_COUNTED = re.compile(f"{LATER}([{_DIGITS}]{{{_PLACES}}})")
_PREFIX_BYTES = 3 * (1 + _PLACES)
_NO_LETTER = {"Cc", "Cf", "Cs", "Co", "Cn", "So", "Zl", "Zp"}
"""Controls, marks of direction, halves of letters, letters nobody has, pictures: none names a file."""
_NO_SHARE_TAKES = re.compile(r'[<>:"|?*/\\]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
_NAMELESS = "tep"


def safe_name(written: str) -> str:
    """The name a file gets in the raw folder.

    Args:
        written: as the browser or the mail tells it; may be a path, or anything.

    Returns:
        One part of a path that Linux and Windows take, which the night does not ignore, in NFC, with room for
        what ``after`` puts before it. The extension stays.
    """
    last = re.split(r"[/\\]", written)[-1]
    seen = "".join(one for one in nfc(last) if unicodedata.category(one) not in _NO_LETTER)
    plain = _NO_SHARE_TAKES.sub("-", seen).strip().rstrip(". ")
    while plain.startswith(("~$", ".")) or plain[:1].isspace():
        plain = plain.removeprefix("~$").lstrip(".").lstrip()
    if _DEVICES.match(plain) or not plain:
        plain = f"{_NAMELESS}-{plain}" if plain else _NAMELESS
    return fitting(plain, more=_PREFIX_BYTES)


def after(name: str, names: Iterable[str]) -> str:
    """The name as it sorts behind all others of its day, so that the night takes what came last for the last.

    Args:
        name: from ``safe_name``.
        names: of the files that lie in the same folder.

    Raises:
        NoneLater: a name that lies there sorts behind all we can give.

    Source: docs/contract.md, «on the same day the later file name in byte order wins».
    """
    last = max(names, key=str.encode, default="")
    if name.encode() > last.encode():
        return name
    counted = _COUNTED.match(last)
    later = LATER + _counter(_number(counted[1]) + 1 if counted else 0) + name
    if later.encode() <= last.encode():
        raise NoneLater(name)
    return later


def _number(digits: str) -> int:
    value = 0
    for digit in digits:
        value = value * len(_DIGITS) + _DIGITS.index(digit)
    return value


def _counter(number: int) -> str:
    digits = ""
    for _ in range(_PLACES):
        number, rest = divmod(number, len(_DIGITS))
        digits = _DIGITS[rest] + digits
    return digits


class NoneLater(ValueError):
    """No name is left that sorts last in this folder."""
