"""Text of TCVN3 or VNI that lost its font: «NguyÔn V¨n Hµ», «Nguyeãn Vaên Haø».

It is likely to be such text, never sure: it is told and stays as it is.
"""

from __future__ import annotations

import re
import unicodedata

from pipelines.text.keys import clean
from pipelines.text.legacy_fonts import to_unicode
from pipelines.text.memo import Memo

FONTS = (".VnTime", "VNI-Times")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_RIMES = (
    r"a[iouy]?|ă|âu|ây|â|eo?|êu?|i[au]?|iêu?|o[aăei]?|oa[ioy]|oeo|oo|ôi?|ơi?"
    r"|u[aâêiơy]?|uây|uôi?|uy[au]|uyê|ư[aiu]?|ươ[iu]?|y|yêu?"
)
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|kh|gh|gi|ch|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    rf"(?:{_RIMES})(?:ch|ng|nh|[cmnpt])?"
)
_LETTER = re.compile("[A-Za-z]")
_BETWEEN = re.compile(r"[\s.,;:()/\-–]+")


def _is_syllable(word: str) -> bool:
    """Whether a word is a syllable as Vietnamese has them, whatever its tone."""
    plain = _TONES.sub("", unicodedata.normalize("NFD", word.casefold()))
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)) is not None


def _is_strange(word: str) -> bool:
    """Whether a word has letters that are not plain, and is no syllable with them."""
    return _LETTER.search(word) is not None and not (_is_syllable(word) or clean(word).isascii())


_STRANGE = Memo(_is_strange)


def _lost_its_font(text: str) -> bool:
    if clean(text).isascii() or "ð" in text.casefold():  # many keyboards write it for «đ»
        return False
    words = _BETWEEN.split(text)
    strange = [word for word in words if _STRANGE[word]]
    if not strange:
        return False
    return any(
        any(to_unicode(word, font) != word for word in strange)
        and all(_is_syllable(to_unicode(word, font)) for word in words if _LETTER.search(word))
        for font in FONTS
    )


LOST = Memo(_lost_its_font)
"""Text -> whether it is Vietnamese only in a font of TCVN3 or VNI, which it does not have.

Every word must be a Vietnamese syllable in that font, and one that differs there must be none without it:
names of foreigners and signs as ½ are left alone.
"""
