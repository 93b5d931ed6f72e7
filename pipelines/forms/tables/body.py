"""The rows under a header: which hold data, and what became of every other cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest

from pipelines.forms.registry import Words
from pipelines.forms.tables.header import Binding
from pipelines.forms.tables.row_kinds import RowKinds, filled_columns, is_blank, is_numbering, opens_section
from pipelines.forms.values.values import text_of
from pipelines.inbox.document import CellValue, Grid


@dataclass(slots=True)
class Body:
    """The data rows of one table, column-wise, and what became of every other row."""

    rows: list[int] = field(default_factory=list)
    """Zero-based grid rows that hold data."""
    columns: dict[str, list[CellValue]] = field(default_factory=dict)
    """Field -> its cells, one for each data row; ordinal columns are not among them."""
    extras: list[tuple[int, list[CellValue]]] = field(default_factory=list)
    """Column number and cells of columns the form does not know."""
    kinds: list[str | None] | None = None
    """Recipient kind the section row above gives; ``None``: the table has no such rows."""
    ignored: Counter[str] = field(default_factory=Counter)
    """Reason -> number of non-empty cells passed over."""
    unclear: list[tuple[int, int]] = field(default_factory=list)
    """Cells of rows that are neither data nor anything known."""
    signature_row: int | None = None


def _fill_merges(grid: Grid, binding: Binding, first: int, last: int) -> list[list[CellValue]]:
    """Rows ``first`` to ``last`` with the value of a vertical merge in a known column on each of its rows."""
    rows = grid.rows[first:last]
    ordinals = {column.id for column in binding.layout.columns if column.type == "ordinal"}
    known = {column for name, column in binding.columns.items() if name not in ordinals}
    for top, left, bottom, right in grid.merges:
        if bottom > top and left == right and left in known and top >= first and bottom < last:
            value = grid.rows[top][left] if left < len(grid.rows[top]) else None
            for row in range(top + 1, bottom + 1):
                cells = list(rows[row - first])
                cells.extend([None] * (left + 1 - len(cells)))
                cells[left] = value
                rows[row - first] = cells
    return rows


def _join(rows: list[list[CellValue]], joined: frozenset[int]) -> list[list[CellValue]]:
    """The rows with each value under a merged header cell put into the first of its columns."""
    whole = [list(row) for row in rows]
    for row in whole:
        for column in sorted(joined, reverse=True):
            value = row[column] if column < len(row) else None
            if not is_blank(value):
                before = row[column - 1]
                row[column - 1] = value if is_blank(before) else f"{text_of(before)} {text_of(value)}"
                row[column] = None
    return whole


def _collect(body: Body, binding: Binding, rows: list[list[CellValue]]) -> None:
    """Turn the data rows into columns."""
    columns = list(zip_longest(*rows)) if rows else []
    ordinals = {column.id for column in binding.layout.columns if column.type == "ordinal"}
    blank: list[CellValue] = [None] * len(rows)
    for name, column in binding.columns.items():
        cells = list(columns[column]) if column < len(columns) else blank
        if name in ordinals:
            body.ignored["so_thu_tu"] += sum(not is_blank(value) for value in cells)
        else:
            body.columns[name] = cells
    refused = {column for _, column in binding.duplicates}
    named = set(binding.columns.values()) | refused
    for column, cells_of in enumerate(columns):
        if column in refused:
            body.ignored["cot_trung_tieu_de"] += sum(not is_blank(value) for value in cells_of)
        elif column not in named and any(not is_blank(value) for value in cells_of):
            body.extras.append((column, list(cells_of)))


def read_body(
    grid: Grid, binding: Binding, words: Words, stop: int | None = None, kind: str | None = None
) -> Body:
    """Read the rows under a header.

    Args:
        grid: the sheet or table.
        binding: the layout laid upon its header.
        words: the catalogue's words.
        stop: zero-based row where another table begins.
        kind: the recipient kind that a heading above the table gives.

    Returns:
        The data rows column-wise; every other non-empty cell is counted as ignored or listed as unclear.
    """
    body, start = Body(), binding.header.body
    rows = _fill_merges(grid, binding, start, len(grid.rows) if stop is None else stop)
    joined = binding.header.joined
    if joined:
        rows = _join(rows, joined)
    kinds_of_rows = RowKinds(grid, binding, words)
    single = len(kinds_of_rows.needed) < 2
    data: list[int] = []
    kinds: list[str | None] = []
    saw_section = kind is not None
    tail: str | None = None  # «signature» or «note»: the table is over
    under_header = True
    for number, row in enumerate(rows):
        over = tail and (single or not kinds_of_rows.is_sure(row))
        if kinds_of_rows.is_full(row) and not over and not (under_header and is_numbering(row)):
            tail, under_header = None, False
            data.append(number)
            kinds.append(kind)
            continue
        filled = filled_columns(grid.rows[start + number])
        if not filled:
            continue
        what = kinds_of_rows.what(under_header, start + number, row, filled_columns(row))
        under_header = what == "lap_tieu_de"
        if tail and what != "signature":
            what = tail
        if what == "data":
            data.append(number)
            kinds.append(kind)
        elif what == "section":
            opens, named = opens_section(" ".join(str(row[column]) for column in filled), words)
            if opens:
                kind, saw_section = named, True
            body.ignored["dong_muc"] += len(filled)
        elif what == "signature":
            tail = "signature"
            if body.signature_row is None:
                body.signature_row = start + number
            body.ignored["chu_ky"] += len(filled)
        elif what == "note":
            tail = "note"
            body.ignored["ghi_chu"] += len(filled)
        elif what == "unclear":
            body.unclear.extend((start + number, column) for column in filled)
        else:
            body.ignored[what] += len(filled)
    body.rows = [start + number for number in data]
    if joined:
        parts = sum(len(joined.intersection(filled_columns(grid.rows[row]))) for row in body.rows)
        body.ignored["noi_vao_cot_truoc"] += parts
    body.kinds = kinds if saw_section else None
    _collect(body, binding, rows if len(data) == len(rows) else [rows[number] for number in data])
    return body
