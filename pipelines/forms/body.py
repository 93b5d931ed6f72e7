"""The rows under a header: which hold data, and which are section, subtotal, numbering, signature."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest

from pipelines.forms.header import Binding, cell_key
from pipelines.forms.labels import has_phrase, starts_with, words_key
from pipelines.forms.registry import Words
from pipelines.inbox.document import CellValue, Grid

_NUMBERING = re.compile(r"\(?\s*(\d{1,2}|[A-Za-zĐđ])\s*\)?\s*(=.*)?")
_SECTION = re.compile(r"\s*([IVXLC]+|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)\s*[.)/:-]?\s+\S")
_ROMAN = re.compile(r"\s*[IVXLC]+\s*[.)/:-]?(\s|$)")


@dataclass(slots=True)
class Body:
    """The data rows of one table, column-wise, and what became of every other row."""

    rows: list[int] = field(default_factory=list)
    """Zero-based grid rows that hold data."""
    columns: dict[str, list[CellValue]] = field(default_factory=dict)
    """Field -> its cells, one for each data row."""
    extras: list[tuple[int, list[CellValue]]] = field(default_factory=list)
    """Column number and cells of columns the form does not know."""
    kinds: list[str | None] | None = None
    """Recipient kind the section row above gives; ``None``: the table has no such rows."""
    ignored: Counter[str] = field(default_factory=Counter)
    """Reason -> number of non-empty cells passed over."""
    unclear: list[tuple[int, int]] = field(default_factory=list)
    """Cells of rows that are neither data nor anything known."""
    signature_row: int | None = None
    end: int = 0
    """Zero-based row after the table."""


def is_blank(value: CellValue) -> bool:
    """Whether a cell holds nothing."""
    return value is None or (isinstance(value, str) and not value.strip())


def _filled(row: list[CellValue]) -> list[int]:
    return [number for number, value in enumerate(row) if not is_blank(value)]


def _fill_merges(grid: Grid, first: int, last: int) -> list[list[CellValue]]:
    """Rows ``first`` to ``last`` with the value of a vertical merge on each of its rows."""
    rows = grid.rows[first:last]
    for top, left, bottom, right in grid.merges:
        if bottom > top and left == right and top >= first and bottom < last:
            value = grid.rows[top][left] if left < len(grid.rows[top]) else None
            for row in range(top + 1, bottom + 1):
                cells = list(rows[row - first])
                cells.extend([None] * (left + 1 - len(cells)))
                cells[left] = value
                rows[row - first] = cells
    return rows


def _is_numbering(row: list[CellValue], filled: list[int]) -> bool:
    """A row such as ``1 2 3 … 7=(6:3)`` under the header."""
    texts = [
        str(int(v)) if isinstance(v, float) and v.is_integer() else str(v).strip()
        for v in row
        if not is_blank(v)
    ]
    if len(filled) < 3 or not all(_NUMBERING.fullmatch(text) for text in texts):
        return False
    numbers = [int(text) for text in re.findall(r"^\(?\s*(\d{1,2})", "\n".join(texts), re.MULTILINE)]
    return (
        len(numbers) >= 2
        and numbers == sorted(numbers)
        and len(set(numbers)) == len(numbers)
        and numbers[0] <= 2
    )


def kind_in(key: str, words: Words) -> str | None:
    """The one recipient kind a section heading names."""
    found = [
        code for code, phrases in words.kinds.items() if any(has_phrase(key, phrase) for phrase in phrases)
    ]
    return found[0] if len(found) == 1 else None


class _Reader:
    """Reads one body; the walk over odd rows shares its state here."""

    def __init__(self, grid: Grid, binding: Binding, words: Words, stop: int) -> None:
        self.binding, self.words = binding, words
        self.start = binding.header.body
        self.rows = _fill_merges(grid, self.start, stop)
        self.body = Body(end=stop)
        self.header_keys = {key for key in (*binding.header.paths, *binding.header.leaves) if key}
        header_rows = grid.rows[binding.header.top : binding.header.body]
        self.header_texts = {value for row in header_rows for value in row if isinstance(value, str)}
        letters = {word[0] for word in words.subtotal}
        self.subtotal_letters = letters | {letter.upper() for letter in letters}
        self.needed = [binding.columns[name] for name in binding.layout.row_needs if name in binding.columns]
        self.ordinal = next(
            (
                binding.columns[c.id]
                for c in binding.layout.columns
                if c.type == "ordinal" and c.id in binding.columns
            ),
            None,
        )

    def ignore(self, reason: str, cells: int) -> None:
        self.body.ignored[reason] += cells

    def is_subtotal(self, value: CellValue) -> bool:
        """Whether the first needed cell of a full row is a word such as ``Tổng cộng``."""
        return (
            isinstance(value, str)
            and value[:1] in self.subtotal_letters
            and words_key(value) in self.words.subtotal
        )

    def odd(self, number: int, row: list[CellValue], filled: list[int]) -> str:
        """What a row is that lacks a needed cell: a reason to ignore it, ``data``, ``signature`` or ``unclear``."""
        words = self.words
        keys = [cell_key(row[column]) for column in filled]
        texts = [key for key in keys if key]
        if number == 0 and _is_numbering(row, filled):
            return "dong_danh_so"
        if len(texts) >= 2 and all(key in self.header_keys for key in texts):
            return "lap_tieu_de"
        if any(key in words.subtotal or starts_with(key, words.subtotal_starts) for key in texts[:2]):
            return "dong_tong"
        known = set(self.binding.columns.values()) - {self.ordinal}
        values = [column for column in filled if column in known]
        has_ordinal = self.ordinal in filled and isinstance(row[self.ordinal or 0], int | float)
        first = str(row[filled[0]]).strip()
        single = len(filled) == 1 or (len(filled) == 2 and filled[0] == self.ordinal and not has_ordinal)
        if single:
            text = " ".join(str(row[column]).strip() for column in filled)
            key = words_key(text)
            if starts_with(texts[-1] if texts else key, words.signature_starts):
                return "signature"
            if starts_with(key, words.note_starts):
                return "ghi_chu"
            if _SECTION.match(text) or _ROMAN.fullmatch(first) or kind_in(key, words) or text.isupper():
                return "section"
        if any(starts_with(key, words.signature_starts) for key in texts) and not has_ordinal:
            return "signature"
        if has_ordinal and not values:
            return "dong_trong"
        if (any(column in filled for column in self.needed) and len(values) > 1) or (has_ordinal and values):
            return "data"
        return "unclear"

    def run(self) -> Body:
        rows, body = self.rows, self.body
        needed, data, kinds = self.needed, [], []
        kind: str | None = None
        saw_section = in_signature = False
        for number, row in enumerate(rows):
            complete = len(needed) > 0
            for column in needed:
                value = row[column] if column < len(row) else None
                if value is None or value == "" or (isinstance(value, str) and value.isspace()):
                    complete = False
                    break
            if complete and number == 0 and _is_numbering(row, _filled(row)):
                self.ignore("dong_danh_so", len(_filled(row)))
                continue
            if complete and row[needed[0]] not in self.header_texts and not self.is_subtotal(row[needed[0]]):
                in_signature = False
                data.append(number)
                kinds.append(kind)
                continue
            filled = _filled(row)
            if not filled:
                continue
            what = "signature" if in_signature else self.odd(number, row, filled)
            if what == "data":
                data.append(number)
                kinds.append(kind)
            elif what == "section":
                text = " ".join(str(row[column]) for column in filled)
                named = kind_in(words_key(text), self.words)
                if named or _ROMAN.match(text):
                    kind, saw_section = named, True
                self.ignore("dong_muc", len(filled))
            elif what == "signature":
                if not in_signature:
                    in_signature, body.signature_row = True, self.start + number
                self.ignore("chu_ky", len(filled))
            elif what == "unclear":
                body.unclear.extend((self.start + number, column) for column in filled)
            else:
                self.ignore(what, len(filled))
        body.kinds = kinds if saw_section else None
        self.collect(data)
        return body

    def collect(self, data: list[int]) -> None:
        """Turn the data rows into columns."""
        body, binding = self.body, self.binding
        rows = self.rows if len(data) == len(self.rows) else [self.rows[number] for number in data]
        body.rows = [self.start + number for number in data]
        columns = list(zip_longest(*rows)) if rows else []
        blank: list[CellValue] = [None] * len(rows)
        for name, column in binding.columns.items():
            body.columns[name] = list(columns[column]) if column < len(columns) else blank
        refused = {column for _, column in binding.duplicates}
        named = set(binding.columns.values()) | refused
        for column in range(len(columns)):
            if column in refused:
                self.ignore("cot_trung_tieu_de", sum(not is_blank(value) for value in columns[column]))
            elif column not in named and any(not is_blank(value) for value in columns[column]):
                body.extras.append((column, list(columns[column])))
        if self.ordinal is not None and "stt" in body.columns:
            self.ignore("so_thu_tu", sum(not is_blank(value) for value in body.columns.pop("stt")))


def read_body(grid: Grid, binding: Binding, words: Words, stop: int | None = None) -> Body:
    """Read the rows under a header.

    Args:
        grid: the sheet or table.
        binding: the layout laid upon its header.
        words: the catalogue's words.
        stop: zero-based row where another table begins.

    Returns:
        The data rows column-wise; every other non-empty cell is counted as ignored or listed as unclear.
    """
    return _Reader(grid, binding, words, len(grid.rows) if stop is None else stop).run()
