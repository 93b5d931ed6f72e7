"""Merged cells of a table's rows: the value holds for every cell they cover."""

from __future__ import annotations

from pipelines.forms.tables.filled import is_blank
from pipelines.forms.tables.header import Binding
from pipelines.forms.values.values import text_of
from pipelines.inbox.document import CellValue, Grid


def fill_merges(grid: Grid, binding: Binding, first: int, last: int) -> list[list[CellValue]]:
    """Rows ``first`` to before ``last`` with the value of a merge in each cell of a known column it covers.

    A merge may run past the last row. One that lies in a single row is a heading where nothing else stands
    in the row; over the column of names the value is a name and of no other column.
    """
    rows = grid.rows[first:last]
    ordinals = binding.layout.ordinals
    known = {column for name, column in binding.columns.items() if name not in ordinals}
    named = binding.columns.get(binding.layout.name_column or "")
    for top, left, bottom, right in grid.merges:
        if top < first or top >= last or (top == bottom and left == right):
            continue
        value = grid.rows[top][left] if left < len(grid.rows[top]) else None
        if value is None or value == "":
            continue
        columns = [column for column in range(left, right + 1) if column in known]
        if named is not None and named in columns and left < right:
            columns = [left] if left in known else [named]
        if top == bottom and grid.filled[top] == 1:
            continue
        for row in range(top, min(bottom, last - 1) + 1):
            missing = [column for column in columns if column != left or row > top]
            if not missing:
                continue
            cells = list(rows[row - first])
            cells.extend([None] * (max(missing) + 1 - len(cells)))
            for column in missing:
                if cells[column] is None or cells[column] == "":
                    cells[column] = value
            rows[row - first] = cells
    return rows


def join(rows: list[list[CellValue]], joined: frozenset[int]) -> list[list[CellValue]]:
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
