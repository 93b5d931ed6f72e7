"""Sheets that are copies of others: their rows are read once."""

from __future__ import annotations

from pipelines.forms.tables.row_kinds import filled_columns, is_numbering, is_ordinal
from pipelines.inbox.document import CellValue, Grid

LEAST_ROWS = 2
LEAST_CELLS = 3
"""Cells of a row of a list; headings and titles have fewer."""

Rows = list[tuple[CellValue, ...]]


def twin_of(grid: Grid, seen: list[Grid]) -> Grid | None:
    """The sheet before of which a sheet repeats title and every row, whatever its header is.

    A list of proposals and one of awards may name the same people: their titles differ.

    Args:
        grid: a sheet.
        seen: the sheets before it.
    """
    if grid.hidden or not seen:
        return None
    title, rows = _title(grid), _rows(grid)
    return next((other for other in seen if title == _title(other) and _repeats(rows, _rows(other))), None)


def repeats(grid: Grid, before: Grid) -> bool:
    """Whether a table repeats the rows of one before it on the same sheet; their title is one."""
    return _repeats(_rows(grid), _rows(before))


def _title(grid: Grid) -> set[CellValue]:
    """The texts above the first row with several cells."""
    first = next((number for number, cells in enumerate(grid.filled) if cells >= LEAST_CELLS), 0)
    return {row[column] for row in grid.rows[:first] for column in filled_columns(row)}


def _rows(grid: Grid) -> Rows:
    """The rows that hold several cells, without blanks."""
    return [
        tuple(row[column] for column in filled_columns(row))
        for number, row in enumerate(grid.rows)
        if grid.filled[number] >= LEAST_CELLS
    ]


def _repeats(rows: Rows, before: Rows) -> bool:
    """Whether from the first row in common on there is no other row, and above it only headers."""
    known = set(before)
    first = next((number for number, row in enumerate(rows) if row in known), len(rows))
    body = rows[first:]
    return (
        sum(map(_is_entry, body)) >= LEAST_ROWS
        and known.issuperset(body)
        and not any(map(_is_entry, rows[:first]))
    )


def _is_entry(row: tuple[CellValue, ...]) -> bool:
    return is_ordinal(row[0]) and not is_numbering([*row])
