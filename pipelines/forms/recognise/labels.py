"""Labels and phrases as they are compared: the match key reduced to its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import combining, normalize

from pipelines.text.keys import match_key

_WORD = re.compile(r"[^\W_]+|%")


@lru_cache(maxsize=65_536)
def words_key(text: str) -> str:
    """The words of a label on the match key, punctuation gone: ``Chức vụ (*):`` -> ``chức vụ``.

    Args:
        text: a header cell, a title line, a label of the catalogue.

    Returns:
        The words joined by single blanks; ``""`` when there are none.
    """
    return " ".join(_WORD.findall(match_key(text)))


def has_phrase(key: str, phrase: str) -> bool:
    """Whether ``phrase`` stands in ``key`` as whole words (both are words keys)."""
    return f" {phrase} " in f" {key} "


def has_any(key: str, phrases: Iterable[str]) -> bool:
    """Whether one of ``phrases`` stands in ``key`` as whole words (all are words keys)."""
    padded = f" {key} "
    return any(phrase in key and f" {phrase} " in padded for phrase in phrases)


def starts_with(key: str, phrases: Iterable[str]) -> bool:
    """Whether ``key`` begins with one of ``phrases`` as whole words (all are words keys)."""
    whole = tuple(phrases)
    return key.startswith(whole) and f"{key} ".startswith(_whole(whole))


@lru_cache(maxsize=1024)
def _whole(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """The phrases with the space that ends their last word; the same few are asked for row by row."""
    return tuple(f"{phrase} " for phrase in phrases)


@lru_cache(maxsize=1024)
def misspellings(word: str) -> frozenset[str]:
    """A word itself, with two letters in each other's place, or without one of its inner letters."""
    changed = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return frozenset({word} | changed | {word[:at] + word[at + 1 :] for at in range(1, len(word) - 1)})


@lru_cache(maxsize=1024)
def without_marks(text: str) -> str:
    """A text without tone and vowel marks; Đ stays, it is a letter of its own."""
    return "".join(letter for letter in normalize("NFD", text) if not combining(letter))
