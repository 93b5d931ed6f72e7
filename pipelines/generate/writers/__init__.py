"""One writer per format; ``write_book`` picks it by the file's extension."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pipelines.generate.shape import Book, Letter, Role, Sheet, Text
from pipelines.generate.writers import csv, docx, ods, xls, xlsx
from pipelines.generate.writers.package import pack

__all__ = ["as_letter", "pack", "write_book", "write_letter"]


_ALIGN: dict[Role, Literal["left", "center", "right"]] = {
    "title": "center",
    "subtitle": "center",
    "head": "center",
    "sign": "right",
    "note": "left",
    "plain": "left",
}
"""Rows that become paragraphs, and how they stand."""


def write_book(book: Book, suffix: str) -> bytes:
    """A book in the format of a suffix: ``.xlsx .xlsm .xls .ods .csv .docx``.

    A .csv holds the first sheet; a .docx holds titles and notes as paragraphs around each table.

    Raises:
        KeyError: the suffix is none of these.
    """
    writers: dict[str, Callable[[Book], bytes]] = {
        ".xlsx": xlsx.write,
        ".xlsm": lambda b: xlsx.write(b, macros=True),
        ".xls": xls.write,
        ".ods": ods.write,
        ".csv": lambda b: csv.write(b.sheets[0]),
        ".docx": lambda b: docx.write(as_letter(b)),
    }
    return writers[suffix](book)


def write_letter(letter: Letter) -> bytes:
    """A letter as .docx."""
    return docx.write(letter)


def as_letter(book: Book) -> Letter:
    """The book as a Word document would hold it."""
    blocks: list[Text | Sheet] = []
    for sheet in book.sheets:
        table = Sheet(sheet.name, [], widths=list(sheet.widths))
        offset = 0
        for number, row in enumerate(sheet.rows):
            if row.role in _ALIGN:
                if table.rows:
                    blocks.append(_closed(table, sheet, offset))
                    table = Sheet(sheet.name, [], widths=list(sheet.widths))
                text = "   ".join(str(value) for value in row.values if value is not None)
                blocks.append(
                    Text(text, row.role == "title", row.role in ("subtitle", "note"), _ALIGN[row.role])
                )
                continue
            if not table.rows:
                offset = number
            table.rows.append(row)
        if table.rows:
            blocks.append(_closed(table, sheet, offset))
    return Letter(blocks, landscape=any(s.landscape for s in book.sheets), properties=dict(book.properties))


def _closed(table: Sheet, sheet: Sheet, offset: int) -> Sheet:
    """The table with the merges and fonts of its part of the sheet."""
    last = offset + len(table.rows)
    table.merges = [
        (t - offset, le, b - offset, r) for t, le, b, r in sheet.merges if offset <= t and b < last
    ]
    table.fonts = {(r - offset, c): font for (r, c), font in sheet.fonts.items() if offset <= r < last}
    return table
