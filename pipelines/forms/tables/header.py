"""Finding the header of a table: merged cells, two or three rows, any column order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from pipelines.forms.form import Column, TableLayout
from pipelines.forms.recognise.labels import words_key
from pipelines.forms.tables.header_near import near_labels
from pipelines.forms.tables.header_text import CLOSING, LONGEST, is_plain, label_keys, plain_key
from pipelines.inbox.document import CellValue, Grid

_NUMBER = re.compile(r"[(\[]?\s*(?:\d{1,2}|[A-Za-zĐđ]|[IVX]{1,4})\s*[)\]]?(?:\s*=.*)?")
MAX_DEPTH = 3
SURE_LABELS = 5
"""Labels in one row that make it a header beyond doubt."""


@dataclass(frozen=True, slots=True)
class Header:
    """A possible header: ``depth`` rows from ``top`` (zero-based), the key of each column two ways."""

    top: int
    depth: int
    paths: tuple[str, ...]
    """Words of all header cells above a column, top to bottom."""
    leaves: tuple[str, ...]
    """Words of the lowest one."""
    texts: tuple[str, ...]
    """The header as written, for columns no form knows."""
    path_keys: tuple[tuple[str, ...], ...] = ()
    """Other keys each column may be known by: without numbers, without notes in brackets."""
    leaf_keys: tuple[tuple[str, ...], ...] = ()
    joined: frozenset[int] = frozenset()
    """Columns under the same merged cell as the column before: a value may be spread over both."""

    @property
    def all_keys(self) -> set[str]:
        """Every key a column of it may be known by."""
        others = (key for keys in (*self.path_keys, *self.leaf_keys) for key in keys)
        return {*self.paths, *self.leaves, *others}

    @property
    def body(self) -> int:
        """Zero-based row where the rows begin."""
        return self.top + self.depth


@dataclass(frozen=True, slots=True)
class Binding:
    """A table layout laid upon a header."""

    layout: TableLayout
    header: Header
    columns: dict[str, int]
    """Field -> zero-based column."""
    duplicates: tuple[tuple[str, int], ...]
    """Fields named by a second column, which is refused."""
    extras: tuple[int, ...]
    """Columns with a header that the form does not know."""
    seconds: tuple[tuple[str, int], ...] = ()
    """Fields with a second column whose values count too."""
    halves: frozenset[int] = frozenset()
    """Columns with the second half of the value in the column before: given names beside family names."""
    goes_on: bool = False
    """Whether the table has no header of its own and goes on with the one before it."""

    @property
    def joined(self) -> frozenset[int]:
        """Columns whose values belong to the column before."""
        return self.header.joined | self.halves

    @property
    def lacks(self) -> list[Column]:
        """Required columns that are not there."""
        return [column for column in self.layout.columns if column.required and column.id not in self.columns]

    @property
    def ordinal(self) -> int | None:
        """The column that numbers the rows."""
        return next((self.columns[name] for name in self.layout.ordinals if name in self.columns), None)

    @property
    def near(self) -> list[tuple[int, str]]:
        """Columns whose header resembles the label of a field that was not found, with that label."""
        return near_labels(self.layout, self.header.leaf_keys, set(self.columns), list(self.extras))

    @property
    def share(self) -> float:
        """Weighted share of the layout's columns that were found, 0-1."""
        found = sum(3 if self.layout.by_id[field].required else 1 for field in self.columns)
        return found / self.layout.weight


def cell_key(value: CellValue) -> str:
    """The words of a header cell; numbers and blanks have none that a label could be."""
    return words_key(value) if isinstance(value, str) else ""


def is_label(text: str, vocabulary: frozenset[str]) -> bool:
    """Whether a cell is a label of some form."""
    if words_key(text) in vocabulary:
        return True
    if not text or text.isdecimal():
        return False
    return any(key in vocabulary for key in label_keys(text)) or (
        text.isascii() and plain_key(text) in vocabulary
    )


def header_rows(grid: Grid, vocabulary: frozenset[str], limit: int | None = None) -> list[int]:
    """Rows with at least two cells that are labels of some form.

    Args:
        grid: a sheet or table.
        vocabulary: the labels of all forms.
        limit: look among so many rows, and not beyond the rows that may belong to a sure header;
            ``None``: the whole grid.
    """
    found = []
    end = len(grid.rows) if limit is None else min(limit, len(grid.rows))
    for number, row in enumerate(grid.rows):
        if number >= end:
            break
        hits = 0
        for value in row:
            if isinstance(value, str) and len(value) < LONGEST and is_label(value, vocabulary):
                hits += 1
        if hits >= 2:
            found.append(number)
        if hits >= SURE_LABELS and limit is not None:
            end = min(end, number + MAX_DEPTH)
    return found


def _spread(grid: Grid, top: int, depth: int) -> list[list[str]]:
    """Texts of the header rows with merged ranges filled, and group cells of unmerged files spread right."""
    width = max((len(row) for row in grid.rows[top : top + depth]), default=0)
    block = [
        [str(value).strip() if isinstance(value, str | int | float) else "" for value in row]
        + [""] * (width - len(row))
        for row in grid.rows[top : top + depth]
    ]
    merged = False
    for first, left, last, right in grid.merges:
        if first >= top + depth or last < top or left >= width:
            continue
        merged = True
        text = block[first - top][left] if first >= top else ""
        for row in range(max(first, top), min(last, top + depth - 1) + 1):
            for column in range(left, min(right, width - 1) + 1):
                block[row - top][column] = text
    if not merged and depth > 1:
        for lower, upper in pairwise(reversed(block)):
            for column in range(1, width):
                alone = not upper[column] and lower[column]
                if alone and upper[column - 1] and lower[column - 1]:
                    upper[column] = upper[column - 1]
    return block


def read_header(grid: Grid, top: int, depth: int) -> Header:
    """The header made of ``depth`` rows from ``top``."""
    block = tuple(map(tuple, _spread(grid, top, depth)))
    lowest = top + depth - 1
    joined = frozenset(
        column
        for first, left, last, right in grid.merges
        if first <= lowest <= last
        for column in range(left + 1, min(right + 1, len(block[0])))
        if all(row[column] == row[column - 1] for row in block)
    )
    paths, leaves, texts, path_keys, leaf_keys = _columns(block)
    return Header(top, depth, paths, leaves, texts, path_keys, leaf_keys, joined)


@lru_cache(maxsize=1024)
def _columns(block: tuple[tuple[str, ...], ...]) -> tuple[tuple[Any, ...], ...]:
    """Paths, leaves and texts of the columns; units send the same header again and again."""
    paths, leaves, texts, path_keys, leaf_keys = [], [], [], [], []
    for column in zip(*block, strict=True):
        steps = [step for step in dict.fromkeys(column) if step]
        keys = [words_key(step) for step in steps]
        paths.append(" ".join(key for key in keys if key))
        leaves.append(keys[-1] if keys else "")
        texts.append(" ".join(steps))
        path_keys.append(label_keys(" ".join(steps)))
        leaf_keys.append(next((found for step in reversed(steps) if (found := _label_of(step))), ()))
    return tuple(paths), tuple(leaves), tuple(texts), tuple(path_keys), tuple(leaf_keys)


def _label_of(step: str) -> tuple[str, ...]:
    """The keys of a header cell; one that only numbers its column has none."""
    return () if _NUMBER.fullmatch(step) else label_keys(step)


@lru_cache(maxsize=1024)
def bind(layout: TableLayout, header: Header) -> Binding:
    """Lay a layout upon a header; the same header comes again and again.

    A whole path names a column before its lowest cell does. The official label of a field names it before
    another spelling does, which then heads a column of the unit's own.
    """
    named: dict[str, list[tuple[bool, int]]] = {}
    extras: list[int] = []
    plain = is_plain(header.texts)
    for number, path in enumerate(header.paths):
        if not path or number in header.joined:
            continue
        key = path if path in layout.by_key else header.leaves[number]
        column = layout.by_key.get(key)
        if column is None:
            column, key = _by_other_keys(layout, header, number, plain)
        if column is None:
            extras.append(number)
        else:
            named.setdefault(column.id, []).append((key != column.keys[0], number))
    halves = _halves(layout, header, named, extras)
    columns: dict[str, int] = {}
    duplicates: list[tuple[str, int]] = []
    seconds: list[tuple[str, int]] = []
    for field, places in named.items():
        (spelled, columns[field]), *others = sorted(places)
        for also_spelled, number in others:
            same = words_key(header.texts[number]) == words_key(header.texts[columns[field]])
            if field in layout.either and not same and len(others) == 1:
                seconds.append((field, number))
            elif also_spelled and not spelled:
                extras.append(number)
            else:
                duplicates.append((field, number))
    return Binding(layout, header, columns, tuple(duplicates), tuple(sorted(extras)), tuple(seconds), halves)


def _halves(
    layout: TableLayout, header: Header, named: dict[str, list[tuple[bool, int]]], extras: list[int]
) -> frozenset[int]:
    """Take two columns side by side for one field, as the form's data say: ``Họ và tên đệm``, ``Tên``."""
    for column in layout.columns:
        for first in extras if column.halves and column.id not in named else ():
            pair = header.leaves[first], header.leaves[first + 1] if first + 1 in extras else ""
            if pair in column.halves:
                named[column.id] = [(True, first)]
                extras[:] = [number for number in extras if number not in (first, first + 1)]
                return frozenset({first + 1})
    return frozenset()


def _by_other_keys(
    layout: TableLayout, header: Header, number: int, plain: bool
) -> tuple[Column | None, str]:
    """The column a header names once numbers, notes in brackets and lost diacritics are set aside."""
    for keys in (header.path_keys[number], header.leaf_keys[number]):
        for key in keys:
            if column := layout.by_key.get(key):
                return column, key
        for key in keys if plain else ():
            if column := layout.by_plain.get(key):
                return column, key
    return None, ""


def endings_of(labels: Iterable[str]) -> frozenset[str]:
    """The last words of some labels (words keys), one word and more."""
    return frozenset(" ".join(words[at:]) for words in map(str.split, labels) for at in range(len(words)))


def _may_end_labels(row: list[CellValue], endings: frozenset[str]) -> bool:
    """Whether a cell may be the lowest piece of a label, or end a note in brackets that began above it."""
    for value in row:
        text = str(value) if isinstance(value, str | int | float) else ""
        keys = label_keys(text)
        if any(key in endings or key.rpartition(" ")[0] in endings for key in keys):
            return True
        if any(bracket in text for bracket in CLOSING):
            return True
    return False


def headers_of(
    grid: Grid, vocabulary: frozenset[str], limit: int | None = None, endings: frozenset[str] | None = None
) -> Iterator[Header]:
    """The headers the grid may have: one to three rows deep, at or just above each row with labels.

    Args:
        grid: a sheet or table.
        vocabulary: the labels of all forms.
        limit: as for ``header_rows``.
        endings: the endings of all labels: a row below the labels without any of them takes no further
            column; ``None``: it is a header all the same.
    """
    seen: set[tuple[int, int]] = set()
    adds: dict[int, bool] = {}
    for row in header_rows(grid, vocabulary, limit):
        for top in (row, row - 1, row - 2):
            for depth in range(1, MAX_DEPTH + 1):
                end = top + depth
                if top < 0 or end <= row or end > len(grid.rows) or (top, depth) in seen:
                    continue
                seen.add((top, depth))
                if end - 1 > row and endings is not None:
                    if end not in adds:
                        merged = any(first == end - 1 for first, *_ in grid.merges)
                        adds[end] = merged or _may_end_labels(grid.rows[end - 1], endings)
                    if not adds[end]:
                        continue
                yield read_header(grid, top, depth)


def best_binding(layout: TableLayout, headers: list[Header]) -> Binding | None:
    """The header that names most of the layout's columns; of equals the shallowest, then the uppermost."""
    best: Binding | None = None
    rank: tuple[float, int, int] = (0.0, 0, 0)
    for header in sorted(headers, key=lambda header: header.depth):
        if rank[0] == 1.0:
            break
        binding = bind(layout, header)
        new = (binding.share, -header.depth, -header.top)
        if binding.columns and (best is None or new > rank):
            best, rank = binding, new
    return best
