"""Texts that head the rows below them and are no rows: sections, recipient kinds, offices."""

from __future__ import annotations

import re

from pipelines.forms.recognise.labels import has_phrase, starts_with, words_key
from pipelines.forms.registry import Words

ROMAN_NUMBER = r"[IVX]+(?:\.\d+)*"
COUNTED = re.compile(r"\d+|[ivx]+")
"""What follows ``Cộng`` in a subtotal, or a kind in a heading: how many, or of which section."""
_SECTION = re.compile(rf"\s*(?:{ROMAN_NUMBER}\s*[.)/:-]?\s+\S|[A-ZĐ]\s*[.)/:-]\s*\S)")
_ROMAN = re.compile(r"\s*[IVX]+\s*[.)/:-]?(\s|$)")
_MARK = re.compile(r"\s*(?:(?:\d{1,3}(?:\.\d+)*|[ivx]{1,4}|[a-zđ])\s*[.)/:-]+|[-–+*•]+)\s*", re.IGNORECASE)
_LETTERED = re.compile(r"\s*[a-zđ]\s*[.)/]\s*\S")
_JOINS = re.compile(r"[,;]")
"""An entry of a list has more behind the name; a heading is one phrase."""
MOST_WORDS = 12


def kind_in(key: str, words: Words) -> str | None:
    """The one recipient kind a section heading names."""
    found = [
        code for code, phrases in words.kinds.items() if any(has_phrase(key, phrase) for phrase in phrases)
    ]
    return found[0] if len(found) == 1 else None


def names_kind(text: str, words: Words) -> bool:
    """Whether a text is a recipient kind and no more: ``Tập thể``, ``Khen thưởng cá nhân (05)``."""
    key = " ".join(word for word in words_key(text).split() if not COUNTED.fullmatch(word))
    key = words.rows.without_prefixes(key)
    return any(key in phrases for phrases in words.kinds.values())


def is_heading(text: str, words: Words) -> bool:
    """Whether a lone text heads a section: ``II. …``, ``a) …``, ``Tập thể``, ``1. Khối cơ quan``."""
    if _SECTION.match(text) or _LETTERED.match(text) or names_kind(text, words):
        return True
    marked = _MARK.match(text)
    rest = text[marked.end() :] if marked else text
    named = starts_with(words_key(rest), words.rows.heading_starts)
    return named and len(rest.split()) <= MOST_WORDS and not _JOINS.search(rest)


def without_mark(text: str) -> str:
    """A heading without the number or bullet before it, and without a colon behind."""
    marked = _ROMAN.match(text) or _MARK.match(text)
    rest = text[marked.end() :] if marked else text
    return rest.strip().rstrip(":").rstrip()


def opens_section(text: str, words: Words) -> tuple[bool, str | None]:
    """Whether a heading opens a new section of recipients, and of which kind.

    ``I. Tập thể`` does; ``1. Khối trường học`` leaves the kind as it is.
    """
    named = kind_in(words_key(text), words)
    return named is not None or _ROMAN.match(text) is not None, named
