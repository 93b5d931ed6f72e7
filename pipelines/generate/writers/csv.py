"""Sheets to .csv in the encodings and separators units use."""

from __future__ import annotations

import csv
import io
import unicodedata

from pipelines.generate.shape import Sheet
from pipelines.generate.writers.docx import as_text

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def write(sheet: Sheet, encoding: str = "utf-8-sig", separator: str = ",") -> bytes:
    """The .csv file of a sheet.

    Args:
        sheet: the sheet.
        encoding: a Python codec; with ``cp1258`` tone marks are written as combining marks.
        separator: ``,`` ``;`` or tab.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerows([as_text(value) for value in row.values] for row in sheet.rows)
    text = buffer.getvalue()
    return (_for_cp1258(text) if encoding == "cp1258" else text).encode(encoding)


def _for_cp1258(text: str) -> str:
    """Vowels precomposed, tone marks apart: the only spelling cp1258 has."""
    letters = []
    for letter in unicodedata.normalize("NFC", text):
        try:
            letter.encode("cp1258")
            letters.append(letter)
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = "".join(mark for mark in parts if mark in _TONES)
            base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
            letters.append(base + tone)
    return "".join(letters)
