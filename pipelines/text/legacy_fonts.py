"""TCVN3 and VNI text, told by its font, turned into Unicode.

Sources: TCVN 5712:1993, bảng mã VN3 (fonts ``.Vn…``; those ending in ``H`` draw capitals only);
VNI for Windows (fonts ``VNI-…``), where a mark follows its letter as a character of its own.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Encoding = Literal["tcvn3", "tcvn3_capitals", "vni"]

TCVN3: dict[str, str] = (
    dict(
        zip(
            (chr(code) for code in (*range(0xA1, 0xAF), *range(0xB5, 0xBA), *range(0xBB, 0xBF))),
            "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắ",
            strict=True,
        )
    )
    | dict(
        zip(
            (chr(code) for code in (*range(0xC6, 0xCD), *range(0xCE, 0xD9), *range(0xDC, 0xE0))),
            "ặầẩẫấậèẻẽéẹềểễếệìỉĩíịò",
            strict=True,
        )
    )
    | dict(
        zip(
            (chr(code) for code in (*range(0xE1, 0xF0), *range(0xF1, 0xFF))),
            "ỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
            strict=True,
        )
    )
)
"""One character of TCVN3, as Office stores it (its byte as U+00A1…U+00FE), to its letter."""

_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_TONE_MARKS = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_CIRCUMFLEX_MARKS = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_BREVE_MARKS = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_SINGLE)
    bases = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
    for stored, letter in bases.items():
        for mark, tone in _TONE_MARKS.items():
            if (letter, mark) != ("y", "ï"):  # ỵ is the single character î
                table[stored + mark] = letter + tone
    for quality, marks, letters in ((_CIRCUMFLEX, _CIRCUMFLEX_MARKS, "aeo"), (_BREVE, _BREVE_MARKS, "a")):
        for letter in letters:
            table |= {letter + mark: letter + quality + tone for mark, tone in marks.items()}
    lower = {stored: unicodedata.normalize("NFC", letter) for stored, letter in table.items()}
    both = dict(lower)
    for stored, letter in lower.items():
        both[stored.upper()] = letter.upper()
        both[stored[0].upper() + stored[1:]] = letter.upper()
        both[stored[0] + stored[1:].upper()] = letter
    return both


VNI: dict[str, str] = _vni_table()
"""A letter of VNI (one or two characters) to its Unicode letter, in both cases."""

_TCVN3_TRANSLATE = str.maketrans(TCVN3)
_VNI_PATTERN = re.compile("|".join(map(re.escape, sorted(VNI, key=len, reverse=True))))
_VIETNAMESE_BEYOND_LATIN_1 = re.compile("[ĂăĐđĨĩŨũƠơƯư\u0300-\u0323Ạ-ỹ]")


LEGACY_PREFIXES = (".vn", "vni-")
"""How the names of fonts in old encodings begin, in small letters."""


def encoding_of(font: str | None) -> Encoding | None:
    """Which old encoding a font's text is stored in; None for Unicode fonts.

    Args:
        font: the name of the font, e.g. ``.VnTimeH``, ``VNI-Times``, ``Arial``.
    """
    name = (font or "").strip()
    lower = name.lower()
    if lower.startswith(".vn"):
        return "tcvn3_capitals" if name.endswith("H") else "tcvn3"
    return "vni" if lower.startswith("vni-") else None


def is_legacy(font: str | None) -> bool:
    """Whether text in this font is stored in TCVN3 or VNI."""
    return encoding_of(font) is not None


def to_unicode(text: str, font: str | None) -> str:
    """The text as its reader saw it, in Unicode (NFC).

    Args:
        text: as stored. Text that already holds Vietnamese letters of Unicode is not touched: the
            font was laid over it and the program showed another one.
        font: the name of its font; a Unicode font leaves the text as it is.
    """
    encoding = encoding_of(font)
    if encoding is None or _VIETNAMESE_BEYOND_LATIN_1.search(text):
        return text
    if encoding == "vni":
        return _VNI_PATTERN.sub(lambda found: VNI[found.group()], text)
    converted = text.translate(_TCVN3_TRANSLATE)
    return converted.upper() if encoding == "tcvn3_capitals" else converted
