"""Cutting blank ends off grids, and the limits every grid keeps."""

from __future__ import annotations

from pipelines.inbox import limits
from pipelines.inbox.document import CellValue, Unreadable


def check_size(rows: int, columns: int) -> None:
    """Refuse a sheet whose filled area is larger than the limits.

    Raises:
        Unreadable: RD-QUA-LON.
    """
    if rows > limits.ROWS or columns > limits.COLUMNS or rows * columns > limits.CELLS:
        raise Unreadable("RD-QUA-LON")


def is_blank(row: list[CellValue]) -> bool:
    """Whether a row holds nothing: blank cells are ``""`` or ``None``."""
    return row.count("") + row.count(None) == len(row)


def trim(rows: list[list[CellValue]]) -> list[list[CellValue]]:
    """Cut trailing blank rows and columns in place; only the ends are looked at."""
    while rows and is_blank(rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    keep = width
    while keep and all(len(row) < keep or row[keep - 1] in ("", None) for row in rows):
        keep -= 1
    if keep < width:
        for row in rows:
            del row[keep:]
    return rows
