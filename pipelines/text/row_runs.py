"""Rows and cells that follow one another, as a clerk counts them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)")
_PLACE = re.compile(r"dòng ([1-9][0-9]*), (cột [1-9][0-9]*)")
_RUN = re.compile(r"([A-Z]{1,3})([1-9][0-9]*) - \1([1-9][0-9]*)")
_RUN_OF_PLACES = re.compile(r"dòng ([1-9][0-9]*) - ([1-9][0-9]*), (cột [1-9][0-9]*)")
BETWEEN = "; "
"""Parts the cells of one finding."""

MOST_RUNS = 5
"""Runs of rows that a message names."""
MORE = "…"
"""Stands for those it does not name."""


def runs(rows: list[int]) -> list[tuple[int, int]]:
    """Rows as first and last of those that follow one another."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] + 1 == row:
            found[-1] = found[-1][0], row
        else:
            found.append((row, row))
    return found


def told_rows(first: int, last: int) -> str:
    """Zero-based rows as a clerk counts them: ``12`` or ``12 - 15``."""
    return str(first + 1) if first == last else f"{first + 1} - {last + 1}"


def told_runs(rows: list[int]) -> str:
    """The first runs of zero-based rows, as a message names them: ``3, 5 - 9``; ``…`` for more."""
    return told_first(runs(rows))


def told_first(found: list[tuple[int, int]]) -> str:
    """The first of runs of zero-based rows, in words; ``…`` for more."""
    more = [MORE] if len(found) > MOST_RUNS else []
    return ", ".join([*(told_rows(*run) for run in found[:MOST_RUNS]), *more])


def told_cells(cells: Iterable[str]) -> str:
    """Cells as one text: those below one another in a column as a run.

    Args:
        cells: ``G8``, or ``dòng 8, cột 7`` where the format has no addresses; anything else stays as it is.

    Returns:
        ``G8 - G12; G15``, ``dòng 8 - 12, cột 7``.
    """
    columns: dict[str, list[int]] = {}
    others: dict[str, None] = {}
    for cell in cells:
        if found := _CELL.fullmatch(cell):
            columns.setdefault(found[1], []).append(int(found[2]))
        elif found := _PLACE.fullmatch(cell):
            columns.setdefault(found[2], []).append(int(found[1]))
        else:
            others[cell] = None
    told = [
        _told_run(column, first, last)
        for column, rows in columns.items()
        for first, last in runs(sorted({*rows}))
    ]
    return BETWEEN.join([*told, *others])


def _told_run(column: str, first: int, last: int) -> str:
    if " " in column:
        return f"dòng {told_rows(first - 1, last - 1)}, {column}"
    return f"{column}{first}" if first == last else f"{column}{first} - {column}{last}"


def cells_in(told: str) -> list[str]:
    """The cells that a text names, one by one: what ``told_cells`` made it of."""
    found: list[str] = []
    for part in told.split(BETWEEN):
        if run := _RUN.fullmatch(part):
            found += [f"{run[1]}{row}" for row in range(int(run[2]), int(run[3]) + 1)]
        elif run := _RUN_OF_PLACES.fullmatch(part):
            found += [f"dòng {row}, {run[3]}" for row in range(int(run[1]), int(run[2]) + 1)]
        else:
            found.append(part)
    return found
