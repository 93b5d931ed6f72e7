"""The print header and the text boxes of a sheet of an .xls workbook, which xlrd does not tell."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from pipelines.inbox.document import Paragraph

_EOF, _HEADER, _CONTINUE, _TXO, _BOF, _CHOICES = 0x000A, 0x0014, 0x003C, 0x01B6, 0x0809, 0x01BE
_AREAS = (0x3B, 0x5B, 0x7B)
"""Tokens of formulas that mean a range on another sheet."""
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f+\-]{5,6}|[0-9]{1,3}|[PNDTFAZGBIUSEXYOH&])')
_SIDES = re.compile(r"&[LCR]")
MOST_RECORDS = 2_000_000


def margin(stream: bytes, start: int) -> list[Paragraph]:
    """What stands outside the cells of a sheet.

    Args:
        stream: the workbook stream (BIFF8).
        start: where the sheet begins in it.
    """
    headers: list[str] = []
    boxes: list[list[str]] = []
    waiting = 0
    for code, data in _records(stream, start):
        if code == _HEADER and len(data) > 3:
            text = _text(data[2], data[3:])
            headers = [
                line.strip() for side in _SIDES.split(text) for line in _CODES.sub("", side).splitlines()
            ]
        elif code == _TXO and len(data) >= 12:
            waiting = struct.unpack_from("<H", data, 10)[0]
        elif code == _CONTINUE and waiting and data:
            lines = [line.strip() for line in _text(data[0], data[1:])[:waiting].splitlines()]
            boxes.append([line for line in lines if line])
            waiting = 0
    found = [
        Paragraph(line, number, within="đầu trang in")
        for number, line in enumerate((line for line in headers if line), start=1)
    ]
    for count, lines in enumerate((lines for lines in boxes if lines), start=1):
        found += [
            Paragraph(line, number, within=f"hộp chữ {count}") for number, line in enumerate(lines, start=1)
        ]
    return found


def sources_of_choices(stream: bytes, start: int, sheets: list[tuple[int, int, int]]) -> set[int]:
    """The sheets, by number, from which drop-down lists of a sheet take their values.

    Args:
        stream: the workbook stream (BIFF8).
        start: where the sheet begins in it.
        sheets: what references to other sheets mean: workbook, first and last sheet.
    """
    found: set[int] = set()
    for code, data in _records(stream, start):
        if code != _CHOICES:
            continue
        try:
            formula = _formula(data)
            if formula[:1] and formula[0] in _AREAS:
                book, first, last = sheets[struct.unpack_from("<H", formula, 1)[0]]
                found.update({first, last} if book == 0 else ())
        except (struct.error, IndexError):
            continue  # a rule laid out otherwise names no source
    return found


def _formula(data: bytes) -> bytes:
    """The first formula of a rule for cells, behind its flags and the four texts it shows."""
    at = 4
    for _ in range(4):
        length, flags = struct.unpack_from("<HB", data, at)
        at += 3 + length * (2 if flags & 1 else 1)
    (size,) = struct.unpack_from("<H", data, at)
    return data[at + 4 : at + 4 + size]


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of a sheet, without those of charts within it."""
    at, depth = start, 0
    for _ in range(MOST_RECORDS):
        if at + 4 > len(stream):
            return
        code, size = struct.unpack_from("<HH", stream, at)
        if code == _BOF:
            depth += 1
        elif code == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield code, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _text(flags: int, data: bytes) -> str:
    return data.decode("utf-16-le" if flags & 1 else "latin-1", "replace").replace("\r", "\n")
