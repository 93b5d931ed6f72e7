"""Several tables on one sheet, one below or beside the other: each is looked at as a sheet of its own."""

from __future__ import annotations

from dataclasses import replace

from pipelines.forms.places import column_name
from pipelines.forms.recognise.labels import words_key
from pipelines.forms.tables.filled import filled_in
from pipelines.forms.tables.header import Binding, is_label
from pipelines.forms.tables.row_kinds import filled_columns, is_ordinal
from pipelines.inbox.document import CellValue, Grid

LEAST_LABELS = 2
LONGEST_LABEL = 200
TITLE_CELLS = 2
"""Cells of a row that may be a title or a heading above a table."""


def window(grid: Grid, top: int, bottom: int, left: int = 0, right: int | None = None) -> Grid:
    """A stretch of a sheet with the addresses it has there; everything else is blank.

    Args:
        grid: the sheet.
        top: its first row, zero-based.
        bottom: the row before which it ends.
        left: its first column.
        right: the column before which it ends; ``None``: to the end of the rows.
    """
    rows: list[list[CellValue]] = [[] for _ in range(top)]
    for row in grid.rows[top:bottom]:
        rows.append([*[""] * min(left, len(row)), *row[left:right]])
    width = right if right is not None else max(map(len, grid.rows), default=0)
    where = f"dòng {top + 1} - {bottom}"
    if left or right is not None:
        where = f"cột {column_name(grid, left)} - {column_name(grid, width - 1)}"
    return replace(
        grid,
        rows=rows,
        merges=[m for m in grid.merges if top <= m[0] < bottom and left <= m[1] < width],
        filled=[filled_in(row) for row in rows],
        part=f"{grid.label}, {where}",
        margin=[],
    )


def later_headers(grid: Grid, bindings: list[Binding], vocabulary: frozenset[str]) -> list[int]:
    """Rows below a table at which another one begins: labels that do not repeat its header in its columns."""
    first = min(binding.header.body for binding in bindings)
    known: set[tuple[int, CellValue]] = set()
    for binding in bindings:
        header = grid.rows[binding.header.top : binding.header.body]
        known.update(place for row in (binding.header.texts, *header) for place in enumerate(row))
    taken = {row for b in bindings for row in range(b.header.top, b.header.body)}
    number = bindings[0].ordinal
    ordinals = {key for c in bindings[0].layout.columns if c.type == "ordinal" for key in c.keys}
    found: list[int] = []
    for row, cells in enumerate(grid.rows[first:], start=first):
        if number is not None and number < len(cells):
            value = cells[number]
            if isinstance(value, float) or (value and is_ordinal(value)):
                continue
        if row in taken or grid.filled[row] < LEAST_LABELS or any(_is_number(value) for value in cells):
            continue
        texts = [
            (column, value)
            for column, value in enumerate(cells)
            if isinstance(value, str) and 0 < len(value) < LONGEST_LABEL
        ]
        labels = [place for place in texts if is_label(place[1], vocabulary)]
        if texts and texts[0][0] == number and words_key(texts[0][1]) in ordinals and len(texts) > 2:
            labels = texts  # what numbers the rows is called so again: the others are labels, known or not
        other = 2 * len(labels) >= len(texts) and not known.issuperset(labels)
        if len(labels) >= LEAST_LABELS and other and (not found or row > found[-1] + 1):
            found.append(row)
    return found


def _is_number(value: CellValue) -> bool:
    """Whether a cell holds a number, as rows do and headers do not."""
    return isinstance(value, int | float) or (isinstance(value, str) and value.strip().isdecimal())


def first_column_beside(binding: Binding) -> int | None:
    """The column at which a second table stands beside the first: its labels come again from there on."""
    again = sorted(column for _, column in (*binding.duplicates, *binding.seconds))
    if len(again) < LEAST_LABELS or any(column >= again[0] for column in binding.columns.values()):
        return None
    return again[0]


def cut(grid: Grid, bindings: list[Binding], vocabulary: frozenset[str]) -> list[Grid]:
    """The tables of a sheet as stretches of it; one alone where there is but one.

    Args:
        grid: the sheet.
        bindings: the layouts laid upon its first table.
        vocabulary: the labels of all forms.
    """
    beside = first_column_beside(bindings[0]) if len(bindings) == 1 else None
    if beside is not None:
        top = bindings[0].header.top
        bottom = len(grid.rows)
        above = [row for row in range(top) if grid.filled[row]]
        parts = [window(grid, 0, bottom, 0, beside), window(grid, top, bottom, beside)]
        if above:  # a title may run over both
            parts[0].rows[:top] = grid.rows[:top]
            parts[0].filled[:top] = grid.filled[:top]
        return parts
    starts = [_top(grid, row) for row in later_headers(grid, bindings, vocabulary)]
    if not starts:
        return [grid]
    ends = [*starts, len(grid.rows)]
    return [window(grid, top, bottom) for top, bottom in zip([0, *starts], ends, strict=True)]


def _top(grid: Grid, header: int) -> int:
    """The row at which what stands above a header begins: its title and headings, below the rows before."""
    top = header
    while top and len(filled_columns(grid.rows[top - 1])) <= TITLE_CELLS:
        cells = filled_columns(grid.rows[top - 1])
        if len(cells) > 1 and is_ordinal(grid.rows[top - 1][cells[0]]):
            break
        top -= 1
    return top
