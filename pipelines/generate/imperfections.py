"""The ways real files go wrong, each by name, put into good files on purpose.

Sheet functions return a changed copy; ``rows`` counts body rows from 0. Byte functions spoil the file itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date

from pipelines.generate import layouts
from pipelines.generate.shape import Row, Sheet, Text, Value


def blank(sheet: Sheet, label: str, rows: Iterable[int] | None = None) -> Sheet:
    """Empty the cells under a label (missing class, year, summary, …); without ``rows`` all of them."""
    return replace(sheet, label, lambda _: None, rows)


def replace(
    sheet: Sheet, label: str, change: Callable[[Value], Value], rows: Iterable[int] | None = None
) -> Sheet:
    """Change the cells under a header label (unknown award name, abbreviation, date as text, …).

    Raises:
        ValueError: no header cell has this label.
    """
    result = sheet.copy()
    header = next(row for row in result.rows if row.role == "header" and label in row.values)
    column = header.values.index(label)
    body = [row for row in result.rows if row.role == "body"]
    for number in range(len(body)) if rows is None else rows:
        body[number].values[column] = change(body[number].values[column])
    return result


def without_column(sheet: Sheet, label: str) -> Sheet:
    """Drop a column, header and all."""
    result = sheet.copy()
    header = next(row for row in result.rows if row.role == "header" and label in row.values)
    column = header.values.index(label)
    for row in result.rows:
        if len(row.values) > column:
            del row.values[column]
    del result.widths[column]
    last = len(header.values) - 1
    result.merges = [(top, left, bottom, min(right, last)) for top, left, bottom, right in result.merges]
    return result


def twice(sheet: Sheet, row: int) -> Sheet:
    """The same body row a second time, at the end of the list."""
    result = sheet.copy()
    body = [n for n, one in enumerate(result.rows) if one.role == "body"]
    again = Row(list(result.rows[body[row]].values))
    again.values[0] = len(body) + 1
    result.rows.insert(body[-1] + 1, again)
    return result


def dates_as_text(sheet: Sheet, pattern: str = "%d-%m-%Y") -> Sheet:
    """Every date cell as text."""
    return _each(sheet, lambda value: value.strftime(pattern) if isinstance(value, date) else value)


def years_as_text(sheet: Sheet) -> Sheet:
    """Every number as text, as after an export."""
    return _each(sheet, lambda value: str(value) if isinstance(value, int) else value)


def replace_school_year(sheet: Sheet, label: str) -> Sheet:
    """Years as school years: 2019 becomes ``2018-2019``."""
    return replace(sheet, label, lambda value: f"{value - 1}-{value}" if isinstance(value, int) else value)


def to_nfd(sheet: Sheet) -> Sheet:
    """All text decomposed, as some systems store it."""
    return _each(
        sheet, lambda value: unicodedata.normalize("NFD", value) if isinstance(value, str) else value
    )


def old_tone_marks(sheet: Sheet) -> Sheet:
    """Tone marks on the first vowel: hóa, thủy, hòa."""
    pairs = layouts.read("scripts")["old_tones"]
    open_syllable = rf"(?<![qQ])(?:{'|'.join(pairs)})(?!\w)"  # in «quý» the u belongs to the q

    def older(value: Value) -> Value:
        if not isinstance(value, str):
            return value
        return re.sub(open_syllable, lambda match: pairs[match[0]], value)

    return _each(sheet, older)


def to_tcvn3(sheet: Sheet) -> Sheet:
    """Text in TCVN3 (ABC) under .VnTime; capitals under .VnTimeH.

    Raises:
        KeyError: a letter that TCVN3 has only as a capital of the font stands amid small letters.
    """
    result = sheet.copy()
    for n, row in enumerate(result.rows):
        for column, value in enumerate(row.values):
            if isinstance(value, str):
                capitals = value.isupper()
                row.values[column] = "".join(map(_tcvn3, value.lower() if capitals else value))
                result.fonts[n, column] = ".VnTimeH" if capitals else ".VnTime"
    return result


def to_vni(sheet: Sheet) -> Sheet:
    """Text in VNI under VNI-Times."""
    result = sheet.copy()
    for n, row in enumerate(result.rows):
        for column, value in enumerate(row.values):
            if isinstance(value, str):
                row.values[column] = "".join(map(_vni, unicodedata.normalize("NFC", value)))
                result.fonts[n, column] = "VNI-Times"
    return result


def _vni(letter: str) -> str:
    codes: dict[str, str] = layouts.read("scripts")["vni"]
    stored = codes.get(letter.lower(), letter)
    return stored.upper() if letter.isupper() else stored


def tcvn3_text(text: Text) -> Text:
    """A paragraph in TCVN3 (ABC)."""
    capitals = text.text.isupper()
    letters = "".join(map(_tcvn3, text.text.lower() if capitals else text.text))
    font = ".VnTimeH" if capitals else ".VnTime"
    return Text(letters, text.bold, text.italic, text.align, text.size, font)


def _tcvn3(letter: str) -> str:
    codes: dict[str, str] = layouts.read("scripts")["tcvn3"]
    if ord(letter) < 128 or letter in "–“”…":
        return letter
    return codes[unicodedata.normalize("NFC", letter)]


def two_row_header(sheet: Sheet, labels: tuple[str, ...], over: str) -> Sheet:
    """Put neighbouring columns under one merged label, the others over two rows."""
    result = sheet.copy()
    top = next(n for n, row in enumerate(result.rows) if row.role == "header")
    header = result.rows[top].values
    first, last = header.index(labels[0]), header.index(labels[-1])
    upper: list[Value] = [
        over if n == first else None if first < n <= last else v for n, v in enumerate(header)
    ]
    lower: list[Value] = [v if first <= n <= last else None for n, v in enumerate(header)]
    result.rows[top : top + 1] = [Row(upper, "header"), Row(lower, "header")]
    result.merges += [(top, first, top, last)]
    result.merges += [(top, n, top + 1, n) for n in range(len(header)) if not first <= n <= last]
    return result


def numbering_row(sheet: Sheet) -> Sheet:
    """The row 1 2 3 … under the header."""
    result = sheet.copy()
    end = result.header_end()
    result.rows.insert(end, Row(list(range(1, result.width() + 1)), "numbering"))
    return result


def subtotal(sheet: Sheet, label: str) -> Sheet:
    """A row with the label and the number of rows, under the list."""
    result = sheet.copy()
    body = [n for n, row in enumerate(result.rows) if row.role == "body"]
    cells: list[Value] = [None, None, f"{label}: {len(body)}"]
    width = len(result.rows[body[-1]].values)
    result.rows.insert(body[-1] + 1, Row((cells + [None] * width)[:width], "total"))
    return result


def blank_rows(sheet: Sheet, every: int = 5) -> Sheet:
    """A blank row after every few rows, as clerks leave them."""
    result = sheet.copy()
    rows: list[Row] = []
    count = 0
    for row in result.rows:
        rows.append(row)
        if row.role == "body":
            count += 1
            if count % every == 0:
                rows.append(Row([None] * len(row.values), "plain"))
    result.rows = rows
    return result


def no_rows(sheet: Sheet) -> Sheet:
    """The list with its header and nothing in it."""
    result = sheet.copy()
    result.rows = [row for row in result.rows if row.role not in ("body", "section", "total")]
    return result


def truncated(content: bytes) -> bytes:
    """A file whose upload broke off half-way."""
    return content[: len(content) // 2]


def _each(sheet: Sheet, change: Callable[[Value], Value]) -> Sheet:
    result = sheet.copy()
    for row in result.rows:
        row.values = [change(value) for value in row.values]
    return result
