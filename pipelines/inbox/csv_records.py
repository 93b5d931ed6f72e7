"""The records of a CSV file: which quotation marks open a field, and which are text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MARK = '"'
_MOST_LINES = 100
_MOST_CHARACTERS = 33_000
"""How far a field may go over further lines (a cell of a spreadsheet holds 32,767 characters); a mark
that finds no partner within opens nothing."""
_CLOSING = re.compile('""?')
_NUMBER = re.compile(r"\s*\d+\s*\.?\s*")


class _Scanned(NamedTuple):
    """What stands on one record, from a place on."""

    cells: list[str]
    is_open: bool
    """A mark among them found no partner at all."""
    is_alone: bool
    """A mark is all that stands between two delimiters: torn off its partner, or typed for «như trên»."""


class Record(NamedTuple):
    """One row."""

    cells: list[str]
    lines: int
    """Lines of the file it was written over."""
    unpaired: bool
    """A mark in it could have opened a field that swallows whole rows below, or stands alone between two
    delimiters; it was read as text."""


def cells_of(text: str, delimiter: str) -> list[str]:
    """The cells of a record; a mark without a partner in it is text."""
    return _scanned(text, delimiter).cells


def _scanned(text: str, delimiter: str) -> _Scanned:
    return _scan(text, 0, delimiter) if _MARK in text else _Scanned(text.split(delimiter), False, False)


def _scan(text: str, at: int, delimiter: str) -> _Scanned:
    """The cells from a place on.

    A mark opens a field only where its partner stands right before a delimiter or the end; any other mark
    is text. Of marks without any partner there can only be one.
    """
    cells: list[str] = []
    is_open = is_alone = False
    while True:
        end = None
        if text.startswith(_MARK, at):
            partner = _single(text, at + 1)
            is_open = is_open or partner is None
            if partner is not None and _ends(text, partner + 1, delimiter):
                end = partner + 1
                cells.append(text[at + 1 : partner].replace(_MARK * 2, _MARK))
        if end is None:
            found = text.find(delimiter, at)
            end = len(text) if found < 0 else found
            cells.append(text[at:end])
            is_alone = is_alone or cells[-1].strip() == _MARK
        if end >= len(text):
            return _Scanned(cells, is_open, is_alone)
        at = end + len(delimiter)


def _single(text: str, start: int) -> int | None:
    """Where the next mark stands that is not doubled."""
    return next((found.start() for found in _CLOSING.finditer(text, start) if len(found[0]) == 1), None)


def _ends(text: str, at: int, delimiter: str) -> bool:
    return at == len(text) or text.startswith(delimiter, at)


def records(lines: list[str], delimiter: str, width: int) -> Iterator[Record]:
    """The records of a file.

    Args:
        lines: the lines of the file, without their ends.
        delimiter: what parts the cells.
        width: how many cells most lines have.

    A field may go over several lines only where no line within it could be a row of its own.
    """
    number = 0
    while number < len(lines):
        taken, (cells, _, is_alone) = _whole(lines, number, delimiter)
        swallows = taken > 1 and _swallows(lines[number : number + taken], cells, delimiter, width)
        if swallows:
            taken = 1
            cells, _, is_alone = _scanned(lines[number], delimiter)
        yield Record(cells, taken, swallows or is_alone)
        number += taken


def whole_records(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    """The cells of the records, when each mark that has a partner opens a field."""
    number = 0
    while number < len(lines):
        taken, scanned = _whole(lines, number, delimiter)
        yield scanned.cells
        number += taken


def _whole(lines: list[str], number: int, delimiter: str) -> tuple[int, _Scanned]:
    """How many lines a record goes over, when each mark that has a partner further down opens a field."""
    first = _scanned(lines[number], delimiter)
    taken = _lines_of_record(lines, number, delimiter) if first.is_open else 1
    if taken == 1:
        return 1, first
    return taken, _scanned("\n".join(lines[number : number + taken]), delimiter)


def _lines_of_record(lines: list[str], number: int, delimiter: str) -> int:
    """How many lines a record goes over whose first line leaves a mark open."""
    last, size = number, 0
    is_open = True
    while is_open:
        for further in range(last + 1, min(number + _MOST_LINES, len(lines))):
            line = lines[further]
            size += len(line)
            partner = _single(line, 0)
            if size > _MOST_CHARACTERS or (partner is not None and not _ends(line, partner + 1, delimiter)):
                return last - number + 1
            if partner is not None:
                last = further
                rest = partner + 1 + len(delimiter)
                is_open = rest <= len(line) and _scan(line, rest, delimiter).is_open
                break
        else:
            break
    return last - number + 1


def _swallows(lines: list[str], record: list[str], delimiter: str, width: int) -> bool:
    """Whether a record over several lines holds whole rows: cells of two, or further lines like the others.

    A row like the others has as many cells, and a number first.
    """
    parts = [cells_of(line, delimiter) for line in lines]
    if len(record) > max(width, 1) and any(len(cells) >= width for cells in parts):
        return True
    numbered = bool(_NUMBER.fullmatch(record[0]))
    return any(
        len(cells) == width > 1 and (bool(_NUMBER.fullmatch(cells[0])) or not numbered) for cells in parts[1:]
    )
