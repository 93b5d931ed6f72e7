"""Keys on which Vietnamese labels and names are compared, and the light cleaning that precedes them."""

from __future__ import annotations

import re
import unicodedata

from pipelines.text.memo import Memo

_ZERO_WIDTH = dict.fromkeys(
    [0x00AD, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)]
)
_SPACES = re.compile(r"[\s\x00-\x1f\x7f]+")

# Marks whose order an input method may swap: a tone typed before the circumflex, breve or horn.
_FIRST_BYTES = (b"\xcc", b"\xcd")  # of U+0300 to U+037F in UTF-8, and of nothing else
_TONE_BEFORE_QUALITY = re.compile("([\u0300\u0301\u0303\u0309\u0323])([\u0302\u0306\u031b])")

_SAME = {
    ord(variant): standard
    for standard, variants in {
        "đ": "ðɖ",
        "-": "‐‑‒–—―−﹘﹣－",
        '"': "“”„‟«»″〝〞＂",
        "'": "‘’‚‛′`´＇",
    }.items()
    for variant in variants
}

# Old placement -> new placement, at the end of a syllable only: hòa/hoà, khỏe/khoẻ, thúy/thuý.
_TONES = {
    old + vowel: plain + new
    for plain, vowel, olds, news in (
        ("o", "a", "òóỏõọ", "àáảãạ"),
        ("o", "e", "òóỏõọ", "èéẻẽẹ"),
        ("u", "y", "ùúủũụ", "ỳýỷỹỵ"),
    )
    for old, new in zip(olds, news, strict=True)
}
_OLD_PLACEMENT = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})(?![^\W\d_])")

# A syllable whose only vowel is a final y reads as i: sỹ/sĩ, kỷ/kỉ, quý/quí; never tuý/túi, hay/hai.
_FINAL_Y = re.compile(r"(?:(?<=qu)|(?<![aăâeêioôơuưàáảãạòóỏõọùúủũụ]))[yỳýỷỹỵ](?![^\W\d_])")
_Y_TO_I = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")


def _has_marks(text: str) -> bool:
    """Whether a text may hold marks that stand alone; bytes are searched many times faster than classes."""
    data = text.encode("utf-8", "surrogatepass")
    return any(first in data for first in _FIRST_BYTES)


def nfc(text: str) -> str:
    """The text in NFC, also where a tone mark was stored before the mark of the vowel."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii() or not _has_marks(composed):
        return composed
    swapped = _TONE_BEFORE_QUALITY.sub(r"\2\1", unicodedata.normalize("NFD", composed))
    return unicodedata.normalize("NFC", swapped)


def clean(text: str) -> str:
    """The text in NFC with blanks trimmed and collapsed; nothing else changes.

    Args:
        text: as written; no-break spaces and line ends count as blanks, zero-width marks go.
    """
    return _CLEANED[text]


def _clean(text: str) -> str:
    if text.isascii():
        return _SPACES.sub(" ", text).strip()
    return _SPACES.sub(" ", nfc(text).translate(_ZERO_WIDTH)).strip()


def match_key(text: str) -> str:
    """The key on which labels and names are compared.

    NFC, case-folded, blanks collapsed, one place for the tone mark, Đ/Ð one letter, final i/y one
    letter, dashes and quotation marks of one kind. Diacritics stay.

    Args:
        text: a label or a name as written.

    Source: docs/contract.md#formats. Misread letters of scans are mended in words of labels alone
    (``pipelines/forms/catalogue/repairs.csv``), never in names.
    """
    return _MATCH_KEYS[text]


def _match_key(text: str) -> str:
    folded = clean(text).casefold()
    if folded.isascii():
        folded = folded.translate(_SAME)
    else:
        folded = nfc(folded).translate(_SAME)
        folded = _OLD_PLACEMENT.sub(lambda found: _TONES[found.group()], folded)
    return _FINAL_Y.sub(lambda found: found.group().translate(_Y_TO_I), folded)


def code_key(text: str) -> str:
    """The key of a code of letters or numbers: as the match key, but ``Y`` is not ``i``."""
    return nfc(clean(text).casefold()).translate(_SAME)


def search_key(text: str) -> str:
    """The text for searching: lower case, without diacritics, đ as d."""
    return _SEARCH_KEYS[text]


def _search_key(text: str) -> str:
    parts = unicodedata.normalize("NFD", clean(text).casefold())
    letters = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return letters.translate(_SAME).replace("đ", "d")


_CLEANED = Memo(_clean)
_MATCH_KEYS = Memo(_match_key)
_SEARCH_KEYS = Memo(_search_key)
