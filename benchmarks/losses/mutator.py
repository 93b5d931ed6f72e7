"""One thing that people and their tools do to a right file, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

from pipelines.generate.shape import Book

Expect = Literal["right", "told", "either", "none"]
"""What must come of the file.

right: every row is read as before; telling something of weight besides is a false blame.
told: something of weight is told, whatever was read.
either: read as before, or told; telling is no blame.
none: nothing may be counted, and it is told.
"""
BookChange = Callable[[Book, Random], Book]
BytesChange = Callable[[bytes, Random], bytes]


class DoesNotApply(Exception):
    """The thing cannot be done to this file (it has no such column, too few rows)."""


@dataclass(frozen=True, slots=True)
class Mutator:
    """A mutator; its name and sentence are those of its function."""

    name: str
    sentence: str
    expect: Expect
    forms: frozenset[str]
    """Forms it applies to; empty = all."""
    formats: frozenset[str]
    """Suffixes it applies to; empty = all."""
    on_book: BookChange | None
    on_bytes: BytesChange | None


MUTATORS: dict[str, Mutator] = {}


def on_book(expect: Expect, forms: str = "", formats: str = "") -> Callable[[BookChange], BookChange]:
    """Register a change of the sheets, before they are written in any format."""

    def register(change: BookChange) -> BookChange:
        _add(change.__name__, change.__doc__ or "", expect, forms, formats, change, None)
        return change

    return register


def on_bytes(expect: Expect, formats: str, forms: str = "") -> Callable[[BytesChange], BytesChange]:
    """Register a change of the written file."""

    def register(change: BytesChange) -> BytesChange:
        _add(change.__name__, change.__doc__ or "", expect, forms, formats, None, change)
        return change

    return register


def _add(
    name: str,
    sentence: str,
    expect: Expect,
    forms: str,
    formats: str,
    book: BookChange | None,
    data: BytesChange | None,
) -> None:
    if name in MUTATORS:
        raise ValueError(name)
    MUTATORS[name] = Mutator(
        name, sentence, expect, frozenset(forms.split()), frozenset(formats.split()), book, data
    )
