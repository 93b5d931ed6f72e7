"""CSV files: which encoding, which delimiter, then rows of text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from pipelines.inbox import limits
from pipelines.inbox.document import CellValue, Document, Grid, Unreadable
from pipelines.inbox.grids import check_size, trim
from pipelines.text.keys import nfc

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_DELIMITERS = ",;\t"
_SAMPLE_RECORDS = 50


def read_csv(name: str, data: bytes) -> Document:
    """Read a CSV file as one grid named like the file.

    Args:
        name: the file's name without folders.
        data: its bytes.

    Raises:
        Unreadable: RD-MA-CHU, RD-QUA-LON, RD-HONG.
    """
    if len(data) > limits.TEXT_BYTES:
        raise Unreadable("RD-QUA-LON")
    text = decode(data)
    rows: list[list[CellValue]] = []
    cells = 0
    for row in _records(text, _delimiter(text)):
        rows.append([*row])
        cells += len(row)
        if cells > limits.CELLS or len(row) > limits.COLUMNS:
            raise Unreadable("RD-QUA-LON")
    trim(rows)
    check_size(len(rows), 1)
    return Document("csv", [Grid(name.rsplit(".", 1)[0], rows)])


def decode(data: bytes) -> str:
    """The text of a CSV file in NFC: UTF-8, UTF-16 or Windows-1258.

    Raises:
        Unreadable: RD-MA-CHU when it is none of them.
    """
    encoding = next((known for mark, known in _MARKS if data.startswith(mark)), None)
    if encoding is None:
        encoding = _utf_16_without_mark(data)
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        if encoding:
            raise Unreadable("RD-MA-CHU") from error
        try:
            text = data.decode("cp1258")
        except UnicodeDecodeError as again:
            raise Unreadable("RD-MA-CHU") from again
    if _CONTROL.search(text):  # Windows-1258 gives nearly every byte a meaning: these tell binary data
        raise Unreadable("RD-MA-CHU")
    return nfc(text)


def _utf_16_without_mark(data: bytes) -> str | None:
    """UTF-16 tells itself by the zero bytes of its commas, digits and line ends."""
    head = data[:4000]
    if not head.count(0):
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(limits.CELL_CHARACTERS)
    return _strict(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _strict(records: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from records
    except csv.Error as error:
        raise Unreadable("RD-HONG") from error


def _delimiter(text: str) -> str:
    """The delimiter that cuts most of the first records into the same number of cells, more than one."""
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        widths: Counter[int] = Counter()
        for number, row in enumerate(_records(text[:200_000], delimiter)):
            if number >= _SAMPLE_RECORDS:
                break
            if len(row) > 1:
                widths[len(row)] += 1
        if widths:
            width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
            if (times, width) > best_score:
                best, best_score = delimiter, (times, width)
    return best
